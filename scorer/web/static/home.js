// The home page and the bureau's: drop files, paste a table, go on with an earlier draft.
(function () {
  "use strict";
  var drop = document.getElementById("drop");
  var status = document.getElementById("status");
  var paste = document.getElementById("paste");
  var many = drop.hasAttribute("data-many");

  document.body.classList.add("js");

  function busy(name) {
    status.textContent = "正在读「" + name + "」，一般几秒，扫描件和大文件要久一些……";
    drop.classList.add("busy");
  }

  function send(files) {
    busy(files.length > 1 ? files[0].name + "」等 " + files.length + " 份文件「" : files[0].name);
    drop.submit();
  }

  Array.prototype.forEach.call(drop.querySelectorAll("input[type=file]"), function (input) {
    input.addEventListener("change", function () {
      if (!input.files.length) return;
      Array.prototype.forEach.call(drop.querySelectorAll("input[type=file]"), function (other) { other.disabled = other !== input; });
      send(input.files);
    });
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
    var entries = many ? Array.prototype.map.call(event.dataTransfer.items || [], function (item) {
      return item.webkitGetAsEntry && item.webkitGetAsEntry();
    }).filter(Boolean) : [];
    var dropped = event.dataTransfer.files;
    if (entries.some(function (entry) { return entry.isDirectory; })) walk(entries).then(take);
    else if (dropped.length) take(dropped);
  });

  function take(files) {
    var input = document.getElementById("file");
    if (!files.length) return;
    if (files instanceof FileList) input.files = files;
    else {
      var all = new DataTransfer();
      files.forEach(function (file) { all.items.add(file); });
      input.files = all.files;
    }
    input.dispatchEvent(new Event("change"));
  }

  // All files of dropped folders.
  function walk(entries) {
    return Promise.all(entries.map(function (entry) {
      return new Promise(function (done) {
        if (entry.isFile) entry.file(function (file) { done([file]); }, function () { done([]); });
        else {
          var reader = entry.createReader();
          var inside = [];
          (function more() {
            reader.readEntries(function (part) {
              if (part.length) { inside = inside.concat(Array.prototype.slice.call(part)); more(); }
              else walk(inside).then(done);
            }, function () { done([]); });
          })();
        }
      });
    })).then(function (lists) { return [].concat.apply([], lists); });
  }

  if (!paste) return;

  document.addEventListener("paste", function (event) {
    var clip = event.clipboardData;
    if (!clip) return;
    if (clip.files && clip.files.length && !clip.getData("text/plain")) {
      take(clip.files);
      return;
    }
    var html = clip.getData("text/html");
    var table = /<table[\s>]/i.test(html) ? html : "";
    if (!table && event.target.closest("#paste")) return; // plain text into the field: the button sends it
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
