// The home page: drop a file, paste a table, go on with an earlier draft.
(function () {
  "use strict";
  var drop = document.getElementById("drop");
  var file = document.getElementById("file");
  var status = document.getElementById("status");
  var paste = document.getElementById("paste");

  document.body.classList.add("js");

  function busy(name) {
    status.textContent = "正在读「" + name + "」……";
    drop.classList.add("busy");
  }

  file.addEventListener("change", function () {
    if (!file.files.length) return;
    busy(file.files[0].name);
    drop.submit();
  });

  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) { event.preventDefault(); drop.classList.add("over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      event.preventDefault();
      if (name === "drop" || !event.relatedTarget) drop.classList.remove("over");
    });
  });
  document.addEventListener("drop", function (event) {
    var dropped = event.dataTransfer && event.dataTransfer.files;
    if (!dropped || !dropped.length) return;
    file.files = dropped;
    busy(dropped[0].name);
    drop.submit();
  });

  document.addEventListener("paste", function (event) {
    var clip = event.clipboardData;
    if (!clip) return;
    if (clip.files && clip.files.length && !clip.getData("text/plain")) {
      file.files = clip.files;
      busy(clip.files[0].name);
      drop.submit();
      return;
    }
    var html = clip.getData("text/html");
    var table = /<table[\s>]/i.test(html) ? html : "";
    var into = event.target.closest("#paste");
    if (!table && into) return; // plain text into the field: the button sends it
    event.preventDefault();
    document.getElementById("html").value = table;
    document.getElementById("text").value = clip.getData("text/plain");
    busy("粘贴的表格");
    paste.submit();
  });

  var recent = document.getElementById("recent");
  var list = [];
  try { list = JSON.parse(localStorage.getItem("jixiao.recent") || "[]"); } catch (error) { list = []; }
  list.forEach(function (one) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var score = document.createElement("b");
    var when = document.createElement("small");
    link.href = "/draft/" + encodeURIComponent(one.id);
    link.textContent = one.name;
    score.textContent = Number(one.total).toFixed(1);
    score.className = "t-" + one.grade;
    when.textContent = new Date(one.when).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    [link, score, when].forEach(function (node) { item.appendChild(node); item.appendChild(document.createTextNode(" ")); });
    recent.querySelector("ul").appendChild(item);
  });
  recent.hidden = !list.length;
})();
