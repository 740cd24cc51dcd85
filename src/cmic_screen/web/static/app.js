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
      const said = working.querySelector("[data-stage]");
      if (said.textContent !== job.stage) said.textContent = job.stage;
      const bar = working.querySelector("progress[max]");
      if (bar) bar.value = job.step;
      working.querySelectorAll("[data-steps] li").forEach((li, i) => {
        if (i === job.step) li.setAttribute("aria-current", "step");
        else li.removeAttribute("aria-current");
      });
      if (job.over) location.replace(job.next);
      else if (job.shown && !("seen" in working.dataset)) location.reload();
      else setTimeout(ask, 250);
    };
    setTimeout(ask, 150);
  }

  const filter = document.querySelector("[data-filter]");
  if (filter) {
    const rows = [...document.querySelectorAll("[data-words]")];
    const said = document.querySelector("[data-shown]");
    const verdict = document.querySelector("[data-verdict]");
    const choose = () => {
      const wanted = filter.value.toLowerCase();
      const kind = verdict ? verdict.value : "";
      let shown = 0;
      for (const row of rows) {
        row.hidden = !row.dataset.words.includes(wanted) || (kind !== "" && row.dataset.kind !== kind);
        shown += row.hidden ? 0 : 1;
      }
      said.textContent = `${shown} of ${rows.length} shown`;
    };
    filter.addEventListener("input", choose);
    if (verdict) verdict.addEventListener("change", choose);
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
