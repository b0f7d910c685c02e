// The bureau's pages: progress, filters that apply at once, cells and remarks that light each other.
(function () {
  "use strict";
  var progress = document.getElementById("progress");
  var filters = document.getElementById("filters");

  function each(list, work) { Array.prototype.forEach.call(list, work); }

  function poll() {
    fetch(location.pathname + "/progress", { credentials: "same-origin" }).then(function (response) {
      return response.json();
    }).then(function (now) {
      progress.value = now.done;
      document.getElementById("count").textContent = "已读 " + now.done + " 份，共 " + now.files + " 份";
      if (now.done >= now.files) location.reload();
      else setTimeout(poll, 700);
    }, function () { setTimeout(poll, 3000); });
  }
  if (progress) setTimeout(poll, 500);

  function refine() {
    each(filters.elements, function (field) { if (field.name && !field.value) field.disabled = true; });
    filters.submit();
  }
  if (filters) {
    filters.addEventListener("change", refine);
    filters.addEventListener("submit", function (event) { event.preventDefault(); refine(); });
    document.addEventListener("click", function (event) {
      var button = event.target.closest("[data-filter]");
      if (!button) return;
      var field = filters.elements[button.dataset.filter];
      field.value = field.value === button.dataset.value ? "" : button.dataset.value;
      refine();
    });
    each(document.querySelectorAll("[data-filter='grade']"), function (button) {
      button.classList.toggle("on", filters.elements.grade.value === button.dataset.value);
    });
  }

  function light(event) {
    var on = event.type === "mouseover" || event.type === "focusin";
    var remark = event.target.closest("[data-remark]");
    var cell = event.target.closest("[data-numbers]");
    var numbers = remark ? [remark.dataset.remark] : cell ? cell.dataset.numbers.split(" ") : [];
    numbers.forEach(function (number) {
      each(document.querySelectorAll("[data-numbers~='" + number + "']"), function (node) { node.classList.toggle("lit", on); });
      var other = document.getElementById("r" + number);
      if (other) other.classList.toggle("lit", on);
    });
  }
  ["mouseover", "mouseout", "focusin", "focusout"].forEach(function (name) { document.addEventListener(name, light); });
  document.addEventListener("click", function (event) {
    var number = event.target.closest("[data-number]");
    if (!number) return;
    event.preventDefault();
    var remark = document.getElementById("r" + number.dataset.number);
    var cell = document.querySelector("[data-numbers~='" + number.dataset.number + "']");
    var to = number.closest("[data-numbers]") ? remark : cell || remark;
    to.scrollIntoView({ block: "center" });
    if (to === remark) remark.focus({ preventScroll: true });
  });
})();
