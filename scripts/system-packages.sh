#!/bin/sh
# Installs what some tests need from the system: a browser, LibreOffice, Chinese fonts.
# Without root or apt-get nothing is installed and those tests skip with a reason.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc libreoffice-writer"
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "未安装（需要 root）：$missing，相关测试将跳过。"
    exit 0
fi
apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
    echo "没有装上：$missing，相关测试将跳过。"
exit 0
