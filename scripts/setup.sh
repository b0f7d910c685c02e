#!/bin/sh
# Makes .venv in the checkout and installs the program: `setup.sh run` for the demo,
# `setup.sh test` with every extra and the test tools, pinned by requirements.lock.
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "没有找到 Python 3.11 或更新的版本，请先安装：apt install python3 python3-venv" >&2
    exit 1
}

python=$(find_python)
if ! [ -x .venv/bin/pip ]; then
    rm -rf .venv
    if ! "$python" -m venv .venv 2>/dev/null; then
        # Debian and Ubuntu ship venv apart from Python.
        rm -rf .venv
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            apt-get update -qq >/dev/null
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null
            "$python" -m venv .venv
        else
            echo "建不了 .venv，请先安装：sudo apt install python3-venv" >&2
            exit 1
        fi
    fi
fi

pip=".venv/bin/python -m pip --disable-pip-version-check -q"
if [ "$what" = test ]; then
    $pip install -r requirements.lock
    $pip install --no-deps --no-build-isolation -e .
    # axe-core, for the accessibility test of the pages; without npm that test skips.
    if command -v npm >/dev/null 2>&1; then
        npm --prefix tests ci --ignore-scripts --silent >/dev/null 2>&1 ||
            echo "没有装上 axe-core，网页无障碍测试将跳过。"
    fi
else
    $pip install -c requirements.lock -e '.[web]'
fi
