"""The REST interface: other systems send a file or a form and get findings and scores back."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from scorer.exchange import FORMS_SCHEMA, ExchangeError, loads
from scorer.forms import Submission
from scorer.reports.json_report import scores_json
from scorer.resources import resource
from scorer.version import __version__
from scorer.web.house import House, house_of
from scorer.web.pages import page

router = APIRouter(prefix="/api", tags=["评审"])

EXAMPLE_FORM: dict[str, Any] = {
    "project": "政务大厅设备更新",
    "unit": "松河县政务服务中心",
    "fiscal_year": 2025,
    "annual_yuan": 90000,
    "goal_annual": "更换老旧设备，提高服务水平。",
    "indicators": [
        {"phase": "annual", "level1": "产出指标", "level2": "数量指标", "name": "计算机数量", "value": "按需要"},
        {"phase": "annual", "level1": "产出指标", "level2": "时效指标", "name": "采购完成时间", "value": "2025年6月底前"},
        {"phase": "annual", "level1": "满意度指标", "level2": "服务对象满意度指标", "name": "办事群众满意度", "value": "≥95%"},
    ],
}  # fmt: skip
EXAMPLE = {"schema": FORMS_SCHEMA, "documents": [{"path": "申报系统", "forms": [EXAMPLE_FORM]}]}

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "PDF、Word、Excel、网页、文本或 ZIP",
                        }
                    },
                }
            },
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Forms"},
                "examples": {
                    "one": {"summary": "一张表", "value": EXAMPLE_FORM},
                    "documents": {"summary": "jixiao parse 的输出", "value": EXAMPLE},
                },
            },
        },
    },
}
_ERROR = {"application/json": {"example": {"detail": "请求里没有文件，也没有表。"}}}


@router.post(
    "/score",
    summary="给一份文件或一张表打分",
    description=(
        "发文件（multipart/form-data 的 file）或表（application/json，格式见 docs/schema/forms.schema.json，"
        "缺的键可以不写；也可以只发一张表），得到逐条问题、改法、88号八项得分和等级。"
        "返回的内容同 `jixiao score --format json`。内容不保存。"
    ),
    openapi_extra=_BODY,
    responses={
        200: {
            "description": "问题和得分",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Scores"}}},
        },
        413: {"description": "文件太大", "content": _ERROR},
        422: {"description": "内容不合格式", "content": _ERROR},
    },
)
async def score(request: Request) -> Response:
    """Judge what was sent; nothing of it is kept."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        sent = (await request.form()).get("file")
        if not isinstance(sent, UploadFile):
            raise HTTPException(422, "请求里没有名为 file 的文件。")
        name, data = sent.filename or "未命名", await sent.read()
        return await run_in_threadpool(_score_file, house_of(request), name, data)
    return await run_in_threadpool(_score_forms, house_of(request), await request.body())


def _score_file(house: House, name: str, data: bytes) -> Response:
    return _answer(house, house.workers.read(name, data))


def _score_forms(house: House, data: bytes) -> Response:
    try:
        return _answer(house, loads(_wrapped(data), "请求"))
    except ExchangeError as error:
        raise HTTPException(422, str(error)) from error


def _wrapped(data: bytes) -> bytes:
    """A bare form or list of forms as a document of its own; anything else as it came."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return data  # ``loads`` says what is wrong with it
    if (
        isinstance(tree, dict)
        and "documents" not in tree
        and tree.keys() & {"indicators", "project"}
    ):
        tree = [tree]
    if isinstance(tree, list):
        return json.dumps({"documents": [{"path": "请求", "forms": tree}]}).encode()
    if isinstance(tree, dict) and not tree.get("documents"):
        raise ExchangeError("请求里没有文件，也没有表。格式见 docs/schema/forms.schema.json。")
    return data


def _answer(house: House, submissions: list[Submission]) -> Response:
    judged = [house.workers.judge(submission) for submission in submissions]
    return Response(scores_json(judged, house.profile), media_type="application/json")


@router.get("/health", summary="程序是否在运行")
def health() -> dict[str, str]:
    """For a monitor: {status, version}."""
    return {"status": "ok", "version": __version__}


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """The interface on one page, drawn here: nothing is loaded from elsewhere."""
    tree = request.app.openapi()
    address = str(request.base_url).rstrip("/")
    return page(
        "api.html.j2", tree=tree, address=address, example=_pretty(EXAMPLE_FORM), pretty=_pretty
    )


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the published schemas of forms and scores inside."""
    if app.openapi_schema is None:
        tree = get_openapi(
            title="绩效 jixiao 接口",
            version=__version__,
            description="读项目支出绩效目标表，逐格指出问题，按财预〔2015〕88号打分。",
            routes=app.routes,
        )
        parts = tree.setdefault("components", {}).setdefault("schemas", {})
        for name in ("forms", "scores"):
            parts.update(_schema(name))
        app.openapi_schema = tree
    return app.openapi_schema


@cache
def _schema(name: Literal["forms", "scores"]) -> dict[str, Any]:
    """A published schema and its parts, renamed so that they can stand in one document."""
    text = resource(f"docs/schema/{name}.schema.json").read_text("utf-8")
    title = name.capitalize()
    tree = json.loads(text.replace('"#/$defs/', f'"#/components/schemas/{title}.'))
    tree.pop("$schema", None)
    parts = tree.pop("$defs", {})
    return {title: tree, **{f"{title}.{key}": value for key, value in parts.items()}}
