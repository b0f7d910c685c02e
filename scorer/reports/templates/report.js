(function () {
  "use strict";
  var PORTION = 200;
  var SEVERITY = { error: 0, warning: 1, advice: 2 };
  var COLUMN = { place: 0, score: 1, project: 3, unit: 4, amount: 5, count: 6, delta: 13 };
  var index = JSON.parse(document.getElementById("index").textContent);
  var rules = JSON.parse(document.getElementById("rules").textContent);
  var rankingPage = document.getElementById("ranking");
  var formPage = document.getElementById("form");
  var body = document.querySelector("#rank tbody");
  var more = document.getElementById("more");
  var filters = document.getElementById("filters");
  var compared = Boolean(document.querySelector("#rank th.delta"));
  var rows = [];
  var shown = 0;
  var scrolled = 0;
  var drawn = null;

  // An element with attributes and children; text is always text, never markup.
  function el(tag, attributes) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (attributes[name] !== null && attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
    });
    for (var n = 2; n < arguments.length; n++) {
      [].concat(arguments[n]).forEach(function (child) {
        if (child !== null && child !== undefined && child !== "") {
          node.appendChild(child.nodeType ? child : document.createTextNode(child));
        }
      });
    }
    return node;
  }

  // --- charts: Chart.js stands in this file -----------------------------------------

  var style = getComputedStyle(document.documentElement);
  var ACCENT = style.getPropertyValue("--accent").trim(), LINE = style.getPropertyValue("--line").trim(), SOFT = style.getPropertyValue("--soft").trim(), INK = style.getPropertyValue("--ink").trim();
  var GRADE = { "优": "--you", "良": "--liang", "中": "--zhong", "差": "--cha" };
  var draftRadar = null; // draws the open form's radar once its canvas stands in the page
  var openRadar = null;

  function chart(canvas, config) {
    config.options.animation = false;
    config.options.maintainAspectRatio = false;
    config.options.devicePixelRatio = Math.max(2, window.devicePixelRatio || 1); // sharp on paper too
    config.options.plugins = Object.assign({ legend: { display: false } }, config.options.plugins);
    return new Chart(canvas, config);
  }

  var countsOnBars = { afterDatasetsDraw: function (bars) {
    var draw = bars.ctx;
    draw.save();
    draw.fillStyle = INK; draw.textAlign = "center"; draw.font = "11px " + Chart.defaults.font.family;
    bars.getDatasetMeta(0).data.forEach(function (bar, n) {
      var count = bars.data.datasets[0].data[n];
      if (count) draw.fillText(count.toLocaleString(), bar.x, bar.y - 4);
    });
    draw.restore();
  } };

  function drawBins() {
    var bins = JSON.parse(document.getElementById("bars").textContent);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    chart(document.getElementById("bins"), {
      type: "bar",
      data: { labels: bins.map(function (bin) { return String(bin.from); }), datasets: [{
        data: bins.map(function (bin) { return bin.count; }), minBarLength: 0, categoryPercentage: 1, barPercentage: 0.82,
        backgroundColor: bins.map(function (bin) { return style.getPropertyValue(GRADE[bin.grade]).trim() + "cc"; }) }] },
      options: { layout: { padding: { top: 16 } }, scales: { y: { display: false, beginAtZero: true }, x: { grid: { display: false }, ticks: { color: SOFT, maxRotation: 0, autoSkip: false, font: { size: 11 } } } },
        plugins: { tooltip: { displayColors: false, callbacks: {
          title: function (items) { var from = bins[items[0].dataIndex].from; return from + "–" + (from + 10) + " 分"; },
          label: function (item) { return item.parsed.y + " 张（" + bins[item.dataIndex].grade + "）"; } } } } },
      plugins: [countsOnBars]
    });
  }

  // --- the address: filters, order and the open form -----------------------------

  function state() {
    var given = new URLSearchParams(location.hash.slice(1));
    var read = {};
    ["unit", "dept", "grade", "rule", "q", "sort", "form"].forEach(function (key) { read[key] = given.get(key) || ""; });
    return read;
  }

  function address(changes) {
    var next = state();
    Object.keys(changes).forEach(function (key) { next[key] = changes[key]; });
    var kept = new URLSearchParams();
    Object.keys(next).forEach(function (key) { if (next[key]) kept.set(key, next[key]); });
    return "#" + kept.toString();
  }

  function go(changes) { location.hash = address(changes); }

  function refine(changes) { // filters do not fill the history
    history.replaceState(null, "", address(changes));
    draw();
  }

  // --- ranking ----------------------------------------------------------------------

  function chosen(now) {
    var words = now.q.toLowerCase().split(/\s+/).filter(Boolean);
    var found = index.filter(function (row) {
      if (now.unit && row[4] !== now.unit) return false;
      if (now.dept && departmentOf(row) !== now.dept) return false;
      if (now.grade && row[2] !== now.grade) return false;
      if (now.rule && (" " + row[9] + " ").indexOf(" " + now.rule + " ") < 0) return false;
      if (!words.length) return true;
      var text = [row[3], row[4], row[7], row[8], row[10], row[11]].join(" ").toLowerCase();
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    });
    if (now.sort === "stake") return found.sort(byStake);
    if (now.sort === "dept") return found.sort(function (a, b) { return departmentOf(a).localeCompare(departmentOf(b), "zh") || a[0] - b[0]; });
    var down = now.sort.charAt(0) === "-";
    var column = COLUMN[now.sort.replace("-", "")] || 0;
    var sign = down ? -1 : 1;
    return found.sort(function (a, b) {
      var x = a[column], y = b[column];
      if (x === y) return a[0] - b[0];
      if (x === null) return 1;
      if (y === null) return -1;
      return sign * (typeof x === "string" ? x.localeCompare(y, "zh") : x - y);
    });
  }

  function departmentOf(row) { return row[10] || row[4]; }

  // Money in 差 forms first, then in 中 and so on; the larger sum first.
  function byStake(a, b) {
    return "差中良优".indexOf(a[2]) - "差中良优".indexOf(b[2]) || (b[5] || 0) - (a[5] || 0) || a[0] - b[0];
  }

  function wan(amount) {
    return amount === null ? "—" : amount.toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }

  function delta(points) {
    if (points === null) return "新增";
    return points === 0 ? "不变" : (points > 0 ? "+" : "−") + Math.abs(points).toFixed(1);
  }

  function line(row) {
    var unit = [row[4]];
    if (row[10]) unit.push(el("small", {}, " " + row[10]));
    return el("tr", { "data-form": row[0] },
      el("td", { "class": "num", title: row[12] ? "等级或名次取决于某一项权重" : null }, row[12] ? el("span", { "class": "soft" }, "≈") : "", String(row[0])),
      el("td", { "class": "num score" }, row[1].toFixed(1)),
      el("td", { "class": "t-" + row[2] }, row[2]),
      el("td", {}, el("a", { href: address({ form: String(row[0]) }) }, row[3])),
      el("td", {}, unit),
      el("td", { "class": "num" + (row[5] === null ? " none" : "") }, wan(row[5])),
      el("td", { "class": "num" }, String(row[6])),
      el("td", {}, row[7] ? el("span", { "class": "first" }, el("span", {}, row[7] + " ", el("span", { "class": "code" }, row[8]))) : "没有发现问题"),
      compared ? el("td", { "class": "num delta" }, delta(row[13])) : "");
  }

  function portion(count) {
    var part = document.createDocumentFragment();
    rows.slice(shown, shown + count).forEach(function (row) { part.appendChild(line(row)); });
    shown = Math.min(rows.length, shown + count);
    body.appendChild(part);
    more.hidden = shown >= rows.length;
  }

  function drawRanking(now) {
    rows = chosen(now);
    shown = 0;
    body.textContent = "";
    portion(PORTION);
    document.getElementById("count").textContent = rows.length === index.length
      ? "共 " + rows.length + " 张表" : "符合 " + rows.length + " 张，共 " + index.length + " 张表";
    ["unit", "dept", "grade", "rule", "q", "sort"].forEach(function (key) {
      if (filters.elements[key] && (document.activeElement !== filters.elements[key] || key !== "q")) filters.elements[key].value = now[key];
    });
    document.querySelectorAll("[data-sort]").forEach(function (button) {
      var key = button.getAttribute("data-sort");
      var current = now.sort.replace("-", "") || "place";
      if (key === current) button.setAttribute("aria-sort", now.sort.charAt(0) === "-" ? "descending" : "ascending");
      else button.removeAttribute("aria-sort");
    });
    document.querySelectorAll("button.grade").forEach(function (button) {
      button.classList.toggle("on", button.getAttribute("data-value") === now.grade);
    });
  }

  function fillChoices() {
    var units = {};
    var codes = {};
    index.forEach(function (row) {
      units[row[4]] = true;
      row[9].split(" ").forEach(function (code) { if (code) codes[code] = true; });
    });
    Object.keys(units).sort(function (a, b) { return a.localeCompare(b, "zh"); }).forEach(function (unit) {
      filters.elements.unit.appendChild(el("option", { value: unit }, unit));
    });
    Object.keys(codes).sort().forEach(function (code) {
      filters.elements.rule.appendChild(el("option", { value: code }, code + " " + (rules[code] || [""])[0]));
    });
  }

  // --- one form ---------------------------------------------------------------------

  // Which remarks stand in which cell: «row:field» -> [{number, severity}].
  function cellMarks(remarks) {
    var marks = {};
    remarks.forEach(function (remark, n) {
      remark.cells.forEach(function (cell) {
        var key = cell[0] + ":" + (cell[0] >= 0 ? rowField(cell[1]) : cell[1]);
        var list = marks[key] = marks[key] || [];
        if (!list.some(function (mark) { return mark.number === n + 1; })) list.push({ number: n + 1, severity: remark.severity });
      });
    });
    return marks;
  }

  function rowField(field) { return field === "level2" || field === "level1" || field === "name" ? field : "value"; }

  function badge(mark) {
    return el("a", { "class": "mark s-" + mark.severity, href: "#", "data-number": mark.number, "aria-label": "问题 " + mark.number }, String(mark.number));
  }

  function drawTable(form) {
    var marks = cellMarks(form.remarks);
    var table = el("table", { "class": "official" });
    var row;

    function start() { row = el("tr"); table.appendChild(row); }

    function put(tag, key, content, span, down, kind) {
      var here = (marks[key] || []).slice().sort(function (a, b) { return SEVERITY[a.severity] - SEVERITY[b.severity]; });
      var node = el(tag, { colspan: span > 1 ? span : null, rowspan: down > 1 ? down : null, "class": kind || null }, content);
      if (here.length) {
        node.classList.add("m-" + here[0].severity);
        node.setAttribute("data-numbers", here.map(function (mark) { return mark.number; }).join(" "));
        here.sort(function (a, b) { return a.number - b.number; }).forEach(function (mark) { node.appendChild(badge(mark)); });
      }
      row.appendChild(node);
      return node;
    }

    function head(text, span, down, key) { put("th", key || "", text, span, down); }
    function cell(key, content, span, down, kind) { put("td", key, content, span, down, kind); }

    var both = form.halves[0] && form.halves[1];
    var wide = 7; // 一级 | 二级 三级 值 | 二级 三级 值
    table.appendChild(el("colgroup", {}, ["8%", "12%", "20%", "14%", "12%", "20%", "14%"].map(function (width) { return el("col", { style: "width:" + width }); })));
    start(); head("项目名称", 2); cell("-1:project", form.head.project, 5);
    start(); head("主管部门及代码", 2);
    cell("-1:department", [form.head.department_code, form.head.department].filter(Boolean).join(" "), 2);
    head("实施单位"); cell("-1:unit", form.head.unit, 2);
    start(); head("项目属性", 2); cell("-1:attribute", form.head.attribute, 2);
    head("项目期"); cell("-1:period", form.head.period, 2);
    start(); head("项目资金（元）", 2, form.money.length + 1);
    head("实施期资金总额"); cell("-1:total_yuan", form.head.total_yuan, 1, 1, "amount");
    head("年度资金总额", 2); cell("-1:annual_yuan", form.head.annual_yuan, 1, 1, "amount");
    form.money.forEach(function (source) {
      start(); head(source[1]); cell("-1:funding.period." + source[0], source[2], 1, 1, "amount");
      head(source[1], 2); cell("-1:funding.annual." + source[0], source[3], 1, 1, "amount");
    });
    form.texts.forEach(function (text) {
      start(); head(text[1], 2); cell("-1:" + text[0], el("span", { "class": "text" }, text[2]), 5);
    });
    if (both) {
      start(); head("总体目标", 1, 2); head("实施期目标", 3); head("年度目标", 3);
      start(); cell("-1:goal_period", el("span", { "class": "text" }, form.goals[0]), 3); cell("-1:goal_annual", el("span", { "class": "text" }, form.goals[1]), 3);
    } else {
      start(); head("总体目标", 2);
      cell(form.halves[0] ? "-1:goal_period" : "-1:goal_annual", el("span", { "class": "text" }, form.halves[0] ? form.goals[0] : form.goals[1]), 5);
    }
    ["indicators", "indicators_period", "indicators_annual"].forEach(function (key) { // remarks on the whole table stand at its head
      (marks["-1:" + key] || []).forEach(function (mark) {
        var list = marks.table = marks.table || [];
        if (!list.some(function (known) { return known.number === mark.number; })) list.push(mark);
      });
    });
    start(); head("一级指标", 1, 1, "table");
    if (both) ["二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"].forEach(function (name) { head(name); });
    else { head("二级指标", 2); head("三级指标", 2); head("指标值", 2); }
    drawRows();
    form.foot.forEach(function (foot, n) {
      if (n % 2 === 0) { start(); head(foot[1], 2); cell("-1:" + foot[0], foot[2], form.foot.length === n + 1 ? 5 : 2); }
      else { head(foot[1]); cell("-1:" + foot[0], foot[2], 2); }
    });

    function drawRows() {
      var lines = form.lines;
      var level1 = lines.map(function (pair) { return form.rows[Math.max(pair[0], pair[1])][0]; });
      var level2 = lines.map(function (pair) { return form.rows[Math.max(pair[0], pair[1])].slice(0, 2).join("|"); });
      lines.forEach(function (pair, n) {
        start();
        if (level1[n] !== level1[n - 1]) head(level1[n].replace("指标", ""), 1, run(level1, n));
        (both ? [0, 1] : [form.halves[0] ? 0 : 1]).forEach(function (side) {
          var span = both ? 1 : 2;
          if (level2[n] !== level2[n - 1]) drawClass(side, n, run(level2, n), span);
          var at = pair[side];
          if (at < 0) { cell("", "", span, 1, "blank"); cell("", "", span, 1, "blank"); return; }
          var data = form.rows[at];
          cell(at + ":name", data[2], span);
          cell(at + ":value", data[4] ? [data[3], el("span", { "class": "note" }, data[4])] : data[3], span);
        });
      });

      // 二级指标 stands once for its rows and carries the remarks on their class.
      function drawClass(side, n, down, span) {
        var rowsOf = lines.slice(n, n + down).map(function (pair) { return pair[side]; }).filter(function (at) { return at >= 0; });
        var key = "class" + side + ":" + n;
        rowsOf.forEach(function (at) {
          ["level1", "level2"].forEach(function (field) { marks[key] = (marks[key] || []).concat(marks[at + ":" + field] || []); });
        });
        put("td", key, rowsOf.length ? form.rows[rowsOf[0]][1].replace(/指标$/, "") : "", span, down, rowsOf.length ? null : "blank");
      }
    }

    function run(list, n) {
      var length = 1;
      while (n + length < list.length && list[n + length] === list[n]) length++;
      return length;
    }
    return table;
  }

  function radar(values) {
    var names = "SMART".split("");
    var canvas = el("canvas", { role: "img", "aria-label": "SMART 得分：" + names.map(function (name, n) { return name + " " + values[n]; }).join("，") });
    draftRadar = function () {
      return chart(canvas, {
        type: "radar",
        data: { labels: names, datasets: [{ data: values, backgroundColor: "rgba(31, 78, 140, .16)", borderColor: ACCENT, borderWidth: 1.5, pointRadius: 2, pointBackgroundColor: ACCENT }] },
        options: { scales: { r: { min: 0, max: 100, ticks: { display: false, stepSize: 50 }, grid: { color: LINE }, angleLines: { color: LINE }, pointLabels: { color: SOFT, font: { size: 12 } } } } }
      });
    };
    return el("div", { "class": "radar" }, canvas);
  }

  function drawScore(form) {
    var review = form.review;
    var items = el("table", { "class": "items" });
    review.items.forEach(function (item) {
      var lost = item[3].reduce(function (sum, part) { return sum + part[1]; }, 0);
      var manual = review.manual.indexOf(item[0]) >= 0 ? "＊" : "";
      var why = item[3].map(function (part) { return (typeof part[0] === "number" ? "第 " + part[0] + " 条" : part[0]) + " 扣 " + part[1].toFixed(2); }).join("，");
      items.appendChild(el("tr", { title: why || null },
        el("td", {}, item[0] + manual),
        el("td", { "class": "bar" }, el("span", { "class": "track" }, el("i", { style: "width:" + Math.max(0, 100 * item[2] / item[1]).toFixed(1) + "%" }))),
        el("td", { "class": "num" }, item[2].toFixed(1) + " / " + item[1]),
        el("td", { "class": "num lost" }, lost >= 0.05 ? "−" + lost.toFixed(1) : "")));
    });
    var notes = review.caps.map(function (cap) { return el("p", { "class": "cap" }, cap); });
    if (review.by_hand.length) notes.push(el("p", { "class": "small" }, "审核人评定：" + review.by_hand.join("、") + "。"));
    if (form.sway) notes.push(el("p", { "class": "small" }, form.sway));
    if (review.manual.length) notes.push(el("p", { "class": "small" }, "＊ 表外材料这里看不到，按中性分计，需人工复核。"));
    var other = review.qualitative && review.qualitative !== review.grade ? "（按八项等级评定：" + review.qualitative + "）" : "";
    return el("div", { "class": "score" },
      el("p", { "class": "total" }, el("b", {}, review.total.toFixed(1)), el("span", { "class": "g t-" + review.grade }, review.grade), el("small", {}, other)),
      el("p", {}, review.consequence + "。"),
      el("div", { "class": "result" }, items, radar(review.smart)), notes, drawMendings(form));
  }

  // «先改这 3 项可加 11 分»: the cells that gain most, each leading to its remarks.
  function drawMendings(form) {
    var review = form.review;
    var steps = review.mendings;
    if (!steps.length) return "";
    var gain = steps.reduce(function (sum, step) { return sum + step.gain; }, 0);
    return el("div", { "class": "mendings" },
      el("p", {}, el("b", {}, "先改这 " + steps.length + " 项可加 " + gain.toFixed(1) + " 分"), "，到 " + review.mended[0].toFixed(1) + " 分（" + review.mended[1] + "）"),
      el("ol", {}, steps.map(function (step) {
        return el("li", {}, el("span", {}, step.cell), step.remarks.map(function (number) {
          return el("a", { href: "#r" + number, "class": "mark s-" + form.remarks[number - 1].severity, "data-number": number }, String(number));
        }), el("span", { "class": "gain" }, "+" + step.gain.toFixed(1)));
      })));
  }

  function drawRemarks(form) {
    return el("ol", { "class": "remarks" }, form.remarks.map(function (remark, n) {
      var rule = rules[remark.code] || ["", ""];
      var foot = [rule[1] ? "依据：" + rule[1] : "", remark.where, remark.shared ? "几张表都有" : ""].filter(Boolean).join("　");
      var gain = form.review.gains[n];
      var cost = gain >= 0.05 ? el("span", { "class": "gain", title: "只改这一格，总分提高多少" }, "　改好可加 " + gain.toFixed(1) + " 分") : "";
      return el("li", { id: "r" + (n + 1), tabindex: "0", "data-remark": n + 1 },
        el("span", { "class": "mark s-" + remark.severity }, String(n + 1)),
        el("span", { "class": "sev s-" + remark.severity }), remark.message, remark.preview ? "（试行，不扣分）" : "", cost,
        remark.advice ? el("p", { "class": "advice" }, "→ " + remark.advice) : "",
        remark.proposals ? el("div", { "class": "chips" }, remark.proposals.map(function (text) { return el("span", { "class": "chip" }, text); })) : "",
        el("p", { "class": "foot" }, foot + "　", el("span", { "class": "code" }, remark.code)));
    }));
  }

  // A county's tens of thousands of forms do not fit into one file: the worst have their pages.
  function drawAbsent(number) {
    var row = index[number - 1];
    formPage.textContent = "";
    formPage.appendChild(el("nav", { "class": "top noprint" }, el("a", { href: address({ form: "" }), id: "back" }, "← 返回排名")));
    formPage.appendChild(el("p", { "class": "box" }, row
      ? "「" + row[3] + "」（" + row[4] + "）" + row[1].toFixed(1) + " 分，" + row[2] + "。表太多，网页里只放得下得分最低的一部分；这张表的明细见 Excel「审核表」「问题清单」和审核意见。"
      : "没有这张表。"));
  }

  function drawForm(number) {
    var stored = document.getElementById("f" + number);
    if (!stored) { drawAbsent(number); return; }
    var form = JSON.parse(stored.textContent);
    var now = state();
    var order = chosen(now).map(function (row) { return row[0]; });
    var at = order.indexOf(number);
    function step(text, to) { return to ? el("a", { href: address({ form: String(to) }) }, text) : el("span", { "class": "code" }, text); }
    formPage.textContent = "";
    formPage.appendChild(el("nav", { "class": "top noprint" },
      el("a", { href: address({ form: "" }), id: "back" }, "← 返回排名"),
      el("button", { type: "button", "class": "plain jump" }, form.review.total.toFixed(1) + " " + form.review.grade + " · " + form.remarks.length + " 项 ↓"),
      el("span", { "class": "space" }),
      step("上一张", at > 0 ? order[at - 1] : 0), el("small", {}, at >= 0 ? (at + 1) + " / " + order.length : ""), step("下一张", at >= 0 ? order[at + 1] : 0)));
    var errors = form.remarks.filter(function (remark) { return remark.severity === "error"; }).length;
    formPage.appendChild(el("div", { "class": "two" },
      el("section", { "class": "paper" },
        el("h1", {}, form.title || "项目支出绩效目标表"),
        el("p", { "class": "source", title: form.path }, [form.path.split(/[\\/]/).pop(), form.place].filter(Boolean).join("　")),
        drawTable(form)),
      el("aside", { "class": "sheet" }, drawScore(form),
        el("h2", { style: "margin-top:14px" }, form.remarks.length ? "共 " + form.remarks.length + " 项" + (errors ? "，其中错误 " + errors + " 项" : "") : "没有发现问题",
          form.dismissed ? el("small", {}, "　审核人已驳回 " + form.dismissed + " 项") : ""),
        drawRemarks(form))));
    if (openRadar) openRadar.destroy();
    openRadar = draftRadar();
  }

  // Hovering or focusing a cell lights its remarks, and the other way round.
  function light(event) {
    var on = event.type === "mouseover" || event.type === "focusin";
    var remark = event.target.closest("[data-remark]");
    var cell = event.target.closest("[data-numbers]");
    var numbers = remark ? [remark.getAttribute("data-remark")] : cell ? cell.getAttribute("data-numbers").split(" ") : [];
    numbers.forEach(function (number) {
      formPage.querySelectorAll("[data-numbers~='" + number + "']").forEach(function (node) { node.classList.toggle("lit", on); });
      document.getElementById("r" + number).classList.toggle("lit", on);
    });
  }

  // --- what to show -------------------------------------------------------------------

  function draw() {
    var now = state();
    var number = Number(now.form);
    var open = index.some(function (row) { return row[0] === number; });
    if (open && !rankingPage.hidden) scrolled = window.pageYOffset;
    rankingPage.hidden = open;
    formPage.hidden = !open;
    if (open) {
      drawForm(number);
      window.scrollTo(0, 0);
      return;
    }
    var filter = JSON.stringify([now.unit, now.dept, now.grade, now.rule, now.q, now.sort]);
    if (filter !== drawn) drawRanking(now);
    else window.scrollTo(0, scrolled);
    drawn = filter;
  }

  window.addEventListener("hashchange", draw);
  window.addEventListener("beforeprint", function () { if (!rankingPage.hidden) portion(rows.length); });
  window.addEventListener("scroll", function () {
    if (!rankingPage.hidden && !more.hidden && more.getBoundingClientRect().top < window.innerHeight + 600) portion(PORTION);
  });
  more.addEventListener("click", function () { portion(PORTION); });
  filters.addEventListener("input", function (event) {
    var change = {};
    change[event.target.name] = event.target.value;
    refine(change);
  });
  filters.addEventListener("submit", function (event) { event.preventDefault(); });
  filters.addEventListener("reset", function () { refine({ unit: "", dept: "", grade: "", rule: "", q: "", sort: "" }); });
  rankingPage.addEventListener("click", function (event) {
    var filter = event.target.closest("[data-filter]");
    var sort = event.target.closest("[data-sort]");
    var row = event.target.closest("tr[data-form]");
    if (filter) {
      var change = {};
      var key = filter.getAttribute("data-filter");
      change[key] = state()[key] === filter.getAttribute("data-value") ? "" : filter.getAttribute("data-value");
      refine(change);
      filters.scrollIntoView();
    } else if (sort) {
      event.preventDefault();
      var name = sort.getAttribute("data-sort");
      var was = state().sort || "place";
      refine({ sort: was === name ? "-" + name : name });
    } else if (row && !event.target.closest("a") && !String(window.getSelection())) {
      go({ form: row.getAttribute("data-form") });
    }
  });
  formPage.addEventListener("click", function (event) {
    var mark = event.target.closest("a.mark");
    if (event.target.closest(".jump")) formPage.querySelector(".sheet").scrollIntoView();
    if (!mark) return;
    event.preventDefault();
    var remark = document.getElementById("r" + mark.getAttribute("data-number"));
    remark.scrollIntoView({ block: "center" });
    remark.focus({ preventScroll: true });
  });
  ["mouseover", "mouseout", "focusin", "focusout"].forEach(function (name) { formPage.addEventListener(name, light); });
  fillChoices();
  drawBins();
  draw();
})();
