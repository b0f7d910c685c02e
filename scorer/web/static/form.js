// The clerk's form page: typing, proposals, rows, undo. The server renders every piece; this
// sends edits one request at a time and puts the answers in place. Edits that are not yet
// saved wait in localStorage, so that a closed window or a lost connection loses nothing.
(function () {
  "use strict";
  var main = document.getElementById("main");
  var paper = document.getElementById("paper");
  var sheet = document.getElementById("sheet");
  var strip = document.getElementById("strip");
  var said = document.getElementById("said");
  var note = document.getElementById("note");
  var base = "/draft/" + main.dataset.draft + "/" + main.dataset.n;
  var store = "jixiao.waiting." + main.dataset.draft + "." + main.dataset.n;
  var both = document.getElementById("both");
  var PAUSE = 300; // ms after the last key before an edit is sent
  var waiting = [];
  var sending = false;
  var timer = null;
  var group = 0;
  var lastCell = null;

  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function mark() { return Date.now().toString(36) + Math.random().toString(36).slice(2, 10); }
  function cellOf(key) { return paper.querySelector('[data-key="' + key + '"]'); }
  function areaOf(key) { var cell = cellOf(key); return cell && cell.querySelector("textarea"); }
  function keyOf(node) { var cell = node && node.closest("td.cell"); return cell && cell.dataset.key; }
  function narrow() { return window.matchMedia("(max-width: 1099px)").matches; }
  function say(text, bad) { said.textContent = text; said.className = bad ? "bad" : ""; }

  // --- waiting edits ------------------------------------------------------------------

  function remember() {
    try {
      if (waiting.length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch (error) { /* no storage: the server's copy is the only one */ }
  }

  function recall() {
    try { return JSON.parse(localStorage.getItem(store) || "[]"); } catch (error) { return []; }
  }

  function put(edit) {
    edit.mark = mark();
    edit.shape = Number(main.dataset.shape); // rows are named by number: those of this table
    // Typing on in the same cell replaces what has not been sent yet.
    var last = waiting[waiting.length - 1];
    var same = last && !last.sent && edit.group && last.kind === "set" && last.cell === edit.cell && last.group === edit.group;
    if (same) waiting.pop();
    waiting.push(edit);
    remember();
  }

  function send() {
    clearTimeout(timer);
    timer = null;
    if (sending || !waiting.length) return;
    sending = true;
    var batch = waiting.slice(0, 50);
    batch.forEach(function (edit) { edit.sent = true; });
    // While rows come and go nothing is typed: it would land in another row.
    freeze(batch.some(function (edit) { return edit.kind !== "set" || !edit.group; }));
    post("/edits", { edits: batch }).then(function (answer) {
      waiting = waiting.slice(batch.length);
      remember();
      sending = false;
      show(answer, batch);
      if (waiting.length) send();
    }, failed);
  }

  function post(path, body) {
    return fetch(base + path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body || {})
    }).then(function (response) {
      if (!response.ok) throw response;
      return response.json();
    });
  }

  function failed(why) {
    sending = false;
    freeze(false);
    if (why && why.status >= 400 && why.status < 500) { // the server will never take it
      waiting = [];
      remember();
      say("这次修改没有存上，请刷新页面再试。", true);
      return;
    }
    waiting.forEach(function (edit) { edit.sent = false; });
    say("连不上程序，修改先留在浏览器里，恢复后自动保存。", true);
    timer = setTimeout(send, 3000);
  }

  // --- answers ------------------------------------------------------------------------

  function show(answer, batch) {
    main.dataset.shape = answer.shape;
    freeze(false);
    var active = document.activeElement;
    var key = keyOf(active);
    var caret = key ? [active.selectionStart, active.selectionEnd] : null;
    if (answer.paper) {
      paper.innerHTML = answer.paper; // rendered and escaped by the server
      retype();
      if (key && areaOf(key)) {
        areaOf(key).focus({ preventScroll: true });
        areaOf(key).setSelectionRange(caret[0], caret[1]);
      }
    } else {
      drawMarks(answer.marks);
      Object.keys(answer.mirrored).forEach(function (other) {
        var area = areaOf(other);
        if (area && area !== active) { area.value = answer.mirrored[other]; grow(area); }
      });
    }
    var scroll = sheet.scrollTop;
    strip.innerHTML = answer.strip;
    sheet.innerHTML = answer.sheet;
    sheet.scrollTop = scroll;
    answer.totals.forEach(function (total, n) {
      var tab = document.querySelector('[data-tab="' + n + '"] b');
      if (tab) { tab.textContent = total[0].toFixed(1); tab.className = "t-" + total[1]; }
    });
    each(paper.querySelectorAll(".refused"), function (node) { node.remove(); });
    answer.refused.forEach(function (refusal) {
      var cell = refusal.cell && cellOf(refusal.cell);
      if (cell) {
        var why = document.createElement("span");
        why.className = "refused";
        why.textContent = refusal.message;
        cell.appendChild(why);
      }
      say(refusal.message, true);
    });
    if (!answer.refused.length) say(spoken(answer));
    light();
    keepRecent(answer.total, answer.grade);
    var jump = batch && batch[batch.length - 1].focus;
    if (jump) focusCell(jump);
  }

  function spoken(answer) {
    var gains = answer.gains.filter(function (gain) { return Math.abs(gain[2]) >= 0.5; }).slice(0, 3).map(function (gain) { return gain[0] + " " + gain[1]; }).join("，");
    return "已保存，" + answer.total.toFixed(1) + " 分，" + answer.grade + (gains ? "。" + gains : "") + "。";
  }

  function drawMarks(marks) {
    var order = ["error", "warning", "advice"];
    each(paper.querySelectorAll("[data-key]"), function (cell) {
      var key = cell.dataset.key;
      var found = key === "table" ? joined(marks, ["-1:indicators", "-1:indicators_period", "-1:indicators_annual"])
        : /:class$/.test(key) ? classMarks(marks, cell) : marks[key] || [];
      order.forEach(function (name) { cell.classList.remove("m-" + name); });
      var holder = cell.querySelector(".marks");
      holder.textContent = "";
      if (!found.length) { cell.removeAttribute("data-numbers"); return; }
      var gravest = order.filter(function (name) { return found.some(function (m) { return m[1] === name; }); })[0];
      cell.classList.add("m-" + gravest);
      cell.setAttribute("data-numbers", found.map(function (m) { return m[0]; }).join(" "));
      found.forEach(function (m) {
        var link = document.createElement("a");
        link.className = "mark s-" + m[1];
        link.href = "#r" + m[0];
        link.dataset.number = m[0];
        link.setAttribute("aria-label", "第 " + m[0] + " 条");
        link.textContent = m[0];
        holder.appendChild(link);
      });
    });
  }

  function joined(marks, keys) {
    var found = {};
    keys.forEach(function (key) { (marks[key] || []).forEach(function (m) { found[m[0]] = m; }); });
    return Object.keys(found).map(function (n) { return found[n]; }).sort(function (a, b) { return a[0] - b[0]; });
  }

  function classMarks(marks, cell) {
    var keys = [];
    cell.dataset.rows.split(",").forEach(function (row) { keys.push(row + ":level2", row + ":level1"); });
    return joined(marks, keys);
  }

  // --- cells --------------------------------------------------------------------------

  function freeze(on) {
    paper.setAttribute("aria-busy", String(on));
    each(paper.querySelectorAll("textarea"), function (area) { area.readOnly = on; });
  }

  function grow(area) { area.parentNode.dataset.text = area.value; }

  // Edits that wait for the connection are put back into a table drawn anew.
  function retype() {
    waiting.forEach(function (edit) {
      var area = edit.kind === "set" && areaOf(edit.cell);
      if (area) { area.value = edit.text; grow(area); }
    });
  }

  function focusCell(key) {
    var area = areaOf(key);
    if (!area) return;
    area.focus();
    var blank = area.value.indexOf("___");
    if (blank >= 0) area.setSelectionRange(blank, blank + 3);
  }

  function light() {
    var cell = lastCell && cellOf(lastCell);
    var numbers = cell && cell.dataset.numbers ? cell.dataset.numbers.split(" ") : [];
    each(document.querySelectorAll(".lit"), function (node) { node.classList.remove("lit"); });
    note.hidden = true;
    document.body.classList.remove("noted");
    if (!numbers.length) return;
    numbers.forEach(function (number) {
      var remark = document.getElementById("r" + number);
      if (remark) remark.classList.add("lit");
    });
    var first = document.getElementById("r" + numbers[0]);
    if (!first) return;
    if (narrow()) {
      note.textContent = "";
      numbers.forEach(function (number) {
        var copy = document.getElementById("r" + number).cloneNode(true);
        copy.removeAttribute("id");
        note.appendChild(copy);
      });
      note.hidden = false;
      document.body.classList.add("noted");
    } else {
      sheet.scrollTop += first.getBoundingClientRect().top - sheet.getBoundingClientRect().top - 60;
    }
  }

  function toRemark(number) {
    var remark = document.getElementById("r" + number);
    if (!remark) return;
    remark.scrollIntoView({ block: "nearest" });
    var chip = remark.querySelector("button");
    (chip || remark).focus({ preventScroll: Boolean(chip) });
    each(document.querySelectorAll(".lit"), function (node) { node.classList.remove("lit"); });
    remark.classList.add("lit");
    each(paper.querySelectorAll("[data-numbers~='" + number + "']"), function (node) { node.classList.add("lit"); });
  }

  function toCellOf(number) {
    var cell = paper.querySelector("[data-numbers~='" + number + "']");
    var area = cell && cell.querySelector("textarea");
    if (area) area.focus();
    else toRemark(number);
    if (cell) cell.scrollIntoView({ block: "center" });
  }

  function nextMarked() {
    var cells = Array.prototype.filter.call(paper.querySelectorAll("td.cell[data-numbers]"), function (cell) {
      return cell.querySelector("textarea");
    });
    if (!cells.length) { say("格子里没有问题了。"); return; }
    var now = lastCell && cellOf(lastCell);
    var next = cells.filter(function (cell) {
      return !now || now.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING;
    })[0] || cells[0];
    next.scrollIntoView({ block: "center" });
    next.querySelector("textarea").focus({ preventScroll: true });
  }

  // --- what people do -----------------------------------------------------------------

  paper.addEventListener("focusin", function (event) {
    var key = keyOf(event.target);
    if (!key) return;
    if (key !== lastCell) group = mark();
    lastCell = key;
    light();
  });
  paper.addEventListener("input", function (event) {
    var key = keyOf(event.target);
    if (!key) return;
    grow(event.target);
    put({ kind: "set", cell: key, text: event.target.value, both: !both || both.checked, group: group || (group = mark()) });
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  paper.addEventListener("change", send);
  paper.addEventListener("click", function (event) {
    var act = event.target.closest("[data-act]");
    if (!act) return;
    var line = act.closest("td");
    var rows = line.dataset.rows.split(",").map(Number);
    if (act.dataset.act === "delete") put({ kind: "delete", rows: rows });
    else put({ kind: "add", level2: line.dataset.level2, after: rows, phases: phases() });
    send();
  });
  document.getElementById("addrow").addEventListener("submit", function (event) {
    event.preventDefault();
    put({ kind: "add", level2: event.target.elements.level2.value, phases: phases() });
    send();
  });
  function phases() { return paper.querySelector("table").dataset.phases.split(" "); }

  document.addEventListener("click", function (event) {
    var chip = event.target.closest(".chip[data-edits]");
    var number = event.target.closest("[data-number]");
    if (chip) accept(chip);
    else if (number) {
      event.preventDefault();
      if (number.closest("#paper")) { var cell = number.closest("[data-key]"); lastCell = cell.dataset.key; toRemark(number.dataset.number); }
      else toCellOf(number.dataset.number);
    } else if (event.target.closest("#undo")) undo();
    else if (event.target.closest("#next")) nextMarked();
  });

  function accept(chip) {
    var edits = JSON.parse(chip.dataset.edits);
    edits.forEach(function (edit, n) {
      if (n === edits.length - 1 || edit.kind === "set") edit.focus = edits[0].cell;
      put(edit);
    });
    send();
  }

  function undo() {
    if (waiting.length || sending) { setTimeout(undo, 120); send(); return; }
    sending = true;
    freeze(true);
    post("/undo").then(function (answer) { sending = false; show(answer); say("已撤销，" + answer.total.toFixed(1) + " 分，" + answer.grade + "。"); send(); }, failed);
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "F8") { event.preventDefault(); nextMarked(); }
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && keyOf(event.target)) {
      event.preventDefault();
      var numbers = cellOf(keyOf(event.target)).dataset.numbers;
      if (numbers) toRemark(numbers.split(" ")[0]);
    } else if (event.key === "Escape" && lastCell && event.target.closest("#sheet, #note")) focusCell(lastCell);
  });
  // Hovering a cell or a remark lights the other.
  document.addEventListener("mouseover", function (event) {
    each(document.querySelectorAll(".hot"), function (node) { node.classList.remove("hot"); });
    var remark = event.target.closest("[data-remark]");
    var cell = event.target.closest("#paper [data-numbers]");
    var numbers = remark ? [remark.dataset.remark] : cell ? cell.dataset.numbers.split(" ") : [];
    numbers.forEach(function (number) {
      each(paper.querySelectorAll("[data-numbers~='" + number + "']"), function (node) { node.classList.add("hot"); });
      var other = document.getElementById("r" + number);
      if (other) other.classList.add("hot");
    });
  });
  window.addEventListener("pagehide", function () {
    if (waiting.length && navigator.sendBeacon) {
      navigator.sendBeacon(base + "/edits", new Blob([JSON.stringify({ edits: waiting })], { type: "application/json" }));
    }
  });

  // --- start --------------------------------------------------------------------------

  function keepRecent(total, grade) {
    try {
      var list = JSON.parse(localStorage.getItem("jixiao.recent") || "[]").filter(function (one) { return one.id !== main.dataset.draft; });
      list.unshift({ id: main.dataset.draft, name: main.dataset.name, total: total, grade: grade, when: Date.now() });
      localStorage.setItem("jixiao.recent", JSON.stringify(list.slice(0, 8)));
    } catch (error) { /* no storage */ }
  }

  // What to know of the corrected copy stands in the menu when it opens.
  document.querySelector(".take").addEventListener("toggle", function (event) {
    if (!event.target.open) return;
    fetch("/draft/" + main.dataset.draft + "/corrected-notes", { credentials: "same-origin" }).then(function (response) {
      return response.json();
    }).then(function (answer) { document.getElementById("notes").textContent = answer.notes.slice(1).join(""); }, function () {});
  });

  function stick() { document.documentElement.style.setProperty("--bar", document.getElementById("topbar").offsetHeight + "px"); }

  document.body.classList.add("js");
  stick();
  window.addEventListener("resize", stick);
  keepRecent(Number(strip.querySelector("b").textContent), strip.querySelector(".g").textContent);
  waiting = recall();
  waiting.forEach(function (edit) { edit.sent = false; });
  retype();
  send();
})();
