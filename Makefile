# make demo: score the sample documents.  make test: everything that must hold.
PY := .venv/bin/python

.PHONY: demo test format lint types unit docs accuracy measure-rules calibrate agreement pairs bench bench-report lock clean

demo: .make/run
	.venv/bin/jixiao score data/samples -v
	.venv/bin/jixiao rank data/samples -o report
	@echo "报告在 report/排名.html，用浏览器打开；审核意见在 report/审核意见/。"

test: .make/test lint types unit

lint: .make/test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports --no-cache

types: .make/test
	.venv/bin/mypy

unit: .make/test
	$(PY) -m pytest -n 2

format: .make/test
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

docs: .make/test
	$(PY) -m scripts.make_docs

accuracy: .make/test
	$(PY) -m benchmarks.accuracy
	$(PY) -m benchmarks.bureaus --scans

measure-rules: .make/test
	$(PY) -m scripts.measure_rules

calibrate: .make/test
	$(PY) -m scripts.calibrate_review --write

agreement: .make/test
	$(PY) -m scripts.label_agreement

pairs: .make/test
	$(PY) -m tests.pairs.pairs --why

bench: .make/test
	$(PY) -m benchmarks.run
	$(PY) -m benchmarks.web_load

bench-report: .make/test
	$(PY) -m benchmarks.report

lock: .make/test
	$(PY) -m pip -q install uv
	.venv/bin/uv pip compile pyproject.toml --all-extras --group dev --universal \
		--python-version 3.11 --no-emit-index-url --no-header -q -o requirements.lock

.make/run: pyproject.toml requirements.lock scripts/setup.sh
	sh scripts/setup.sh run
	@mkdir -p .make && touch $@

.make/test: pyproject.toml requirements.lock scripts/setup.sh
	sh scripts/system-packages.sh
	sh scripts/setup.sh test
	@mkdir -p .make && touch $@ .make/run

clean:
	rm -rf .venv .make report build dist
