"use strict";
// A few dozen lines: dropping files, progress without reloading, filters, and the review keys. All works without it.
document.addEventListener("DOMContentLoaded", () => {
  const zone = document.querySelector("[data-drop]");
  if (zone) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-chosen]");
    const show = () => {
      const files = [...input.files];
      const { bytes, files: most } = input.dataset;
      const large = files.reduce((sum, f) => sum + f.size, 0) > Number(bytes);
      const said = large ? `These are larger than ${bytes / 1e6} MB, the limit of this page. Use the command line for larger files.`
        : files.length > Number(most) ? `These are more than ${most} files, the limit of this page.` : "";
      input.setCustomValidity(said);
      list.textContent = said || files.map((f) => `${f.name} (${Math.ceil(f.size / 1024)} KB)`).join(", ");
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
    const seen = "seen" in working.dataset;
    // The answer stands already and is being read: put the downloads where the progress was, and move nothing else.
    const finish = async (job) => {
      const answer = seen && job.state === "done" ? await fetch(job.next) : null;
      const kept = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!kept || !kept.querySelector("[data-actions]")) { location.replace(job.next); return; }
      history.replaceState(null, "", job.next);
      document.title = kept.title;
      for (const part of ["[data-actions]", "[data-signoff]"]) {
        document.querySelector(part).replaceWith(document.adoptNode(kept.querySelector(part)));
      }
      working.hidden = true;
      document.querySelector("[data-done]").textContent = "The run is kept; report and record can be downloaded.";
    };
    const ask = async () => {
      let job;
      try {
        const answer = await fetch(working.dataset.state, { headers: { Accept: "application/json" } });
        if (!answer.ok) { location.reload(); return; }
        job = await answer.json();
      } catch {
        working.querySelector("[data-stage]").textContent = "The page does not answer any more. Is the program still running?";
        setTimeout(ask, 2000);
        return;
      }
      const said = working.querySelector("[data-stage]");
      if (said.textContent !== job.stage) said.textContent = job.stage;
      const bar = working.querySelector("progress[max]");
      if (bar) bar.value = job.step;
      working.querySelectorAll("[data-steps] li").forEach((li, i) => {
        if (i === job.step) li.setAttribute("aria-current", "step");
        else li.removeAttribute("aria-current");
      });
      if (job.over) finish(job);
      else if (job.shown && !seen) location.reload();
      else setTimeout(ask, seen ? 400 : 120);
    };
    setTimeout(ask, 100);
  }

  const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (named && named.tagName === "DETAILS") { named.open = true; named.scrollIntoView(); }

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
