"use strict";
// A few dozen lines: dropping files, progress without reloading, filters, and the review keys. All works without it.
document.addEventListener("DOMContentLoaded", () => {
  const zone = document.querySelector("[data-drop]");
  if (zone) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-chosen]");
    const show = () => {
      list.textContent = [...input.files].map((f) => `${f.name} (${Math.ceil(f.size / 1024)} KB)`).join(", ");
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.add("over"); });
    }
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (e) => { e.preventDefault(); input.files = e.dataTransfer.files; show(); });
  }

  const working = document.querySelector("[data-state]");
  if (working) {
    const ask = async () => {
      const answer = await fetch(working.dataset.state, { headers: { Accept: "application/json" } });
      const job = await answer.json();
      working.querySelector("[data-stage]").textContent = job.stage;
      if (job.over) location.assign(job.next);
      else setTimeout(ask, 400);
    };
    setTimeout(ask, 200);
  }

  const filter = document.querySelector("[data-filter]");
  if (filter) {
    const rows = [...document.querySelectorAll("[data-words]")];
    const said = document.querySelector("[data-shown]");
    filter.addEventListener("input", () => {
      const wanted = filter.value.toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !row.dataset.words.includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      said.textContent = `${shown} of ${rows.length} shown`;
    });
  }

  const review = document.querySelector("[data-review]");
  if (review) {
    const keys = { s: "true-match", d: "false-positive", n: "next" };
    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
      const choice = keys[e.key.toLowerCase()];
      if (choice === "next") document.querySelector("[data-next]")?.click();
      else if (choice) {
        const radio = review.querySelector(`input[value="${choice}"]`);
        if (radio) { radio.checked = true; review.querySelector("textarea").focus(); e.preventDefault(); }
      }
    });
  }
});
