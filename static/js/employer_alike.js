/* While an employer is typed in: employers on record that may be meant. Posted, so that no address holds a
   name. Without this script the question comes at saving. */
(function () {
  "use strict";

  const place = document.querySelector("[data-alike-url]");
  if (!place) return;
  const form = place.closest("form");
  const fields = ["name", "business_id", "phone"].map(function (name) { return form.elements[name]; });
  let waiting = 0;
  let asked = "";
  let turn = 0;

  function ask() {
    const typed = new URLSearchParams({ own: place.dataset.alikeOwn || "" });
    fields.forEach(function (field) { typed.set(field.name, field.value); });
    if (typed.toString() === asked) return;
    asked = typed.toString();
    const mine = ++turn;
    const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
    headers["X-Requested-With"] = "fetch";
    fetch(place.dataset.alikeUrl, { method: "POST", headers: headers, body: typed, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { if (mine === turn) place.innerHTML = html; })
      .catch(function () { asked = ""; });
  }

  fields.forEach(function (field) {
    field.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 350);
    });
  });
})();
