// What a script adds. Every page can be read, asked and searched without it; what needs it is hidden until it runs.
// Nothing here makes text: words come from the page or from the server, so that every language has its own.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const mirrored = root.dir === "rtl";

  // -- search as you type -----------------------------------------------------------------------------
  // <form class="find" data-suggest="/en/search.json"> answers {"said": "3 subjects", "results": [{"href", "name",
  // "lang", "note"}]}: `said` is announced politely, in the language of the page.

  // In a copy of the site made of files <form data-index> takes its place: finding.js looks names up there.

  for (const form of all("form[data-suggest], form[data-index]")) {
    const input = form.querySelector("input[type=search]");
    if (!input) continue;
    const id = `${input.id || "find"}-found`;
    const list = Object.assign(document.createElement("ul"), { id, className: "found", hidden: true });
    const said = Object.assign(document.createElement("p"), { className: "vh" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    said.setAttribute("role", "status");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id],
      ["aria-expanded", "false"], ["autocomplete", "off"]]) input.setAttribute(name, value);
    form.append(list, said);
    let at = -1, asked = "", waiting = 0, request = null;

    // Busy from the first letter to the answer for the last: what stands in the list meanwhile is of an earlier question.
    const rest = () => list.removeAttribute("aria-busy");
    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const select = (index) => {
      const items = list.children;
      if (!items.length) return;
      at = (index + items.length) % items.length;
      [...items].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", items[at].id);
      items[at].scrollIntoView({ block: "nearest" });
    };
    const show = (answer) => {
      list.replaceChildren(...answer.results.slice(0, 12).map((one, i) => {
        const item = Object.assign(document.createElement("li"), { id: `${id}-${i}` });
        const name = Object.assign(document.createElement("bdi"), { textContent: one.name, className: "src" });
        const note = Object.assign(document.createElement("small"), { textContent: one.note ?? "" });
        if (one.lang) name.lang = one.lang;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.href = one.href;
        item.append(name, note);
        return item;
      }));
      said.textContent = answer.said ?? "";
      at = -1;
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      const text = input.value.trim();
      if (text === asked) return rest();
      asked = text;
      request?.abort();
      if (text.length < 2) return rest(close());
      const mine = request = new AbortController();
      const query = new URLSearchParams(new FormData(form));
      query.set("q", text);
      try {
        if (form.dataset.index) return show(await window.tizimFound(form, text, mine.signal));
        const answer = await fetch(`${form.dataset.suggest}?${query}`, { signal: mine.signal });
        if (answer.ok) show(await answer.json());
      } catch { /* a newer question took its place, or there is no network: the form still works */
      } finally { if (mine === request) rest(); }
    };
    const go = (item) => { if (item?.dataset.href?.startsWith("/")) location.assign(item.dataset.href); };

    input.addEventListener("input", () => {
      list.setAttribute("aria-busy", "true");
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); select(at < 0 ? -1 : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); go(list.children[at]); }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => go(event.target.closest("li")));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  }

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const input = document.querySelector(".find input[type=search]");
    if (input) { event.preventDefault(); input.focus(); input.select(); }
  });

  // -- the day of a list ------------------------------------------------------------------------------

  const iso = (date) => date.toISOString().slice(0, 10);
  const locale = { prs: "fa-AF-u-ca-persian", fa: "fa-IR-u-ca-persian", en: "en-GB" }[root.lang] ?? root.lang;
  const inWords = (date) => {
    try { return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date); }
    catch { return iso(date); }
  };

  // A static copy of the site has a page for each change and each copy, and no others: data-at names their days.
  const still = document.querySelector("[data-at]");
  const pageOf = (day) => {
    const days = still.dataset.at.split(" ").filter((one) => one <= day).sort();
    return days.length ? `${still.dataset.base}at/${days.at(-1)}/` : null;
  };
  // A day as the server reads it: in digits of any script, and by the Solar Hijri calendar where the language has it.
  const typedDay = (text) => {
    const plain = text.trim().replace(/[٠-٩۰-۹]/g, (sign) => String(sign.charCodeAt(0) & 15)).replace(/[./]/g, "-");
    const found = plain.match(/^(\d{1,4})-(\d{1,2})-(\d{1,2})$/);
    if (!found) return null;
    const [year, month, day] = found.slice(1).map(Number);
    if (year > 1700) {
      const date = new Date(Date.UTC(year, month - 1, day));
      return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? iso(date) : null;
    }
    const solar = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" });
    const first = Date.UTC(year + 621, 2, 18) + ((month - 1) * 30 + day - 1) * 864e5;
    for (let ahead = 0; ahead < 14; ahead += 1) {
      const parts = Object.fromEntries(solar.formatToParts(first + ahead * 864e5).map((one) => [one.type, parseInt(one.value, 10)]));
      if ((parts.year ?? parts.relatedYear) === year && parts.month === month && parts.day === day) return iso(new Date(first + ahead * 864e5));
    }
    return null;
  };
  if (still) {
    const wanted = new URLSearchParams(location.search).get("as_of");
    const asked = wanted && typedDay(wanted), page = asked && pageOf(asked);
    if (page && !location.pathname.endsWith(page.slice(page.indexOf("at/")))) location.replace(page);
    for (const form of all(".pick", still)) {
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const field = form.elements.as_of, day = typedDay(field.value);
        field.setAttribute("aria-invalid", String(!day));
        // Of a day before the first page the first is the nearest that there is.
        if (day) location.assign(pageOf(day) ?? `${still.dataset.base}at/${still.dataset.at.split(" ")[0]}/`);
        else field.focus();
      });
    }
  }

  const chooser = document.getElementById("day");
  const slider = document.getElementById("day-r");
  if (chooser && slider) {
    const field = document.getElementById("day-t");
    const line = document.getElementById("day-now");
    const first = Date.parse(`${slider.dataset.first}T00:00Z`);
    const stops = (slider.dataset.stops || "").split(" ").filter(Boolean).map(Number).sort((a, b) => a - b);
    const chosen = () => new Date(first + Number(slider.value) * 864e5);
    let waiting = 0, running = false, again = false;

    const addressOf = () => {
      if (still) return pageOf(iso(chosen()));
      const address = new URL(location.href);
      address.searchParams.set("as_of", iso(chosen()));
      return address.pathname + address.search;
    };
    // The page of the new day takes the place of what stands around the chooser, which itself stays: it has the focus.
    const swap = (page) => {
      const fresh = page.getElementById("day"), main = page.querySelector("main");
      if (!fresh || fresh.parentNode !== main || chooser.parentNode?.localName !== "main") return false;
      const parts = [...main.children], where = parts.indexOf(fresh);
      for (const old of [...chooser.parentNode.children]) if (old !== chooser) old.remove();
      chooser.before(...parts.slice(0, where));
      chooser.after(...parts.slice(where + 1));
      chooser.querySelector(".row").replaceWith(fresh.querySelector(".row"));
      document.getElementById("day-s").replaceChildren(...fresh.querySelector("#day-s").childNodes);
      for (const selector of [".asof", "title", "footer"]) {
        const [mine, theirs] = [document.querySelector(selector), page.querySelector(selector)];
        if (mine && theirs) mine.replaceWith(theirs);
      }
      return true;
    };
    const show = async () => {
      if (running) { again = true; return; }
      const address = addressOf();
      if (!address) return;
      running = true;
      chooser.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(address, { headers: { accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (swap(page)) history.replaceState(null, "", address);
        else location.assign(address);
      } catch { /* without a network the page stays at the day that it shows */ }
      running = false;
      chooser.removeAttribute("aria-busy");
      if (again) { again = false; show(); }
    };
    const moved = () => {
      const most = Number(slider.max) + 1, part = (Number(slider.value) + 0.5) / most * 100;
      const x = `${(mirrored ? 100 - part : part).toFixed(3)}%`;
      slider.setAttribute("aria-valuetext", inWords(chosen()));
      line?.setAttribute("x1", x);
      line?.setAttribute("x2", x);
      const typed = document.getElementById("day-t") ?? field;
      if (typed) typed.value = iso(chosen());
      clearTimeout(waiting);
      waiting = setTimeout(show, 150);
    };
    slider.addEventListener("input", moved);
    slider.addEventListener("keydown", (event) => {
      const value = Number(slider.value);
      const next = event.key === "PageUp" ? stops.find((stop) => stop > value)
        : event.key === "PageDown" ? stops.filter((stop) => stop < value).at(-1) : undefined;
      if (event.key !== "PageUp" && event.key !== "PageDown") return;
      event.preventDefault();
      if (next !== undefined) { slider.value = String(next); moved(); }
    });
    slider.parentNode.hidden = false;
  }

  // -- the way into a copy of the site ----------------------------------------------------------------
  // <nav data-choose> names the languages: a reader's own is taken at once, in the order in which the browser has them.

  const choice = document.querySelector("[data-choose]");
  if (choice) {
    const offered = new Map(all("a[hreflang]", choice).map((one) => [one.hreflang, one.href]));
    const own = (navigator.languages ?? []).map((one) => one.toLowerCase())
      .map((one) => (one.startsWith("fa-af") ? "prs" : one.split("-")[0])).find((one) => offered.has(one));
    if (own) location.replace(offered.get(own));
  }

  // -- copying, and the theme -------------------------------------------------------------------------
  // <button hidden data-copy="#id" data-done="Copied">: copies the text of an element.
  // <button hidden data-theme-choice="dark|light|auto" aria-pressed>: kept in a cookie, which the server renders.

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copy)?.textContent.trim() ?? "");
      const before = button.textContent;
      button.textContent = button.dataset.done ?? before;
      setTimeout(() => { button.textContent = before; }, 2000);
    } catch { /* no permission: the text stands there to be marked and copied by hand */ }
  });

  const theme = () => document.cookie.match(/(?:^|; )theme=(dark|light)/)?.[1] ?? "auto";
  const themed = () => {
    const now = theme();
    if (now === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = now;
    for (const one of all("[data-theme-choice]")) one.setAttribute("aria-pressed", String(one.dataset.themeChoice === now));
  };
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
    if (!choice) return;
    document.cookie = `theme=${choice}; path=/; max-age=${choice === "auto" ? 0 : 31536000}; samesite=lax`;
    themed();
  });
  const ready = () => { for (const one of all("button[hidden][data-copy], button[hidden][data-theme-choice]")) one.hidden = false; };
  if (all("[data-theme-choice]").length) themed();
  ready();
})();
