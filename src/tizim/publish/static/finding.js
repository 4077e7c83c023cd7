// Names looked up in a copy of the site that is made of files: no server is asked, and nothing leaves the reader.
// The index lies beside the pages: files of names by the first letters of their words (index.json names the letters).
"use strict";
(() => {
  // As the register folds names: without case, marks and punctuation, and with one form of each Arabic letter.
  const arabic = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ـ": "", "\u200c": " " };
  const fold = (text) => text.normalize("NFKD").replace(/['’‘ʼʿʾ`´ʻ′]/g, "")
    .replace(/[يىكةأإآٱؤئـ\u200c]/g, (sign) => arabic[sign]).replace(/[\p{Mn}\p{Cf}\p{Cc}]/gu, "")
    .toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/ё/g, "е")
    .replace(/[^\p{L}\p{N}\p{Mc}\p{Me}]+/gu, " ").trim();
  const hex = (text) => [...new TextEncoder().encode(text)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const files = new Map();
  const read = (address) => {
    if (!files.has(address)) {
      files.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return answer.json();
      }));
      files.get(address).catch(() => files.delete(address)); // the next try asks again
    }
    return files.get(address);
  };
  const most = 50, opened = 8;

  // What site.js shows while somebody types, as the server would say it: {"said", "results": [{"name", "href", "note"}]}.
  window.tizimFound = async (form, text) => {
    const words = fold(text).split(" ").filter(Boolean);
    if (!words.length) return { said: "", results: [] };
    const { beginnings } = await read(`${form.dataset.index}index.json`);
    const longest = words.reduce((one, other) => ([...other].length > [...one].length ? other : one));
    // The file of the word's own letters, and where it is short those of words that go on from it.
    const inside = beginnings.filter((one) => longest.startsWith(one)), longer = beginnings.filter((one) => one.startsWith(longest));
    const taken = [...new Set([...inside.slice(-1), ...longer])].slice(0, opened);
    const rows = (await Promise.all(taken.map((one) => read(`${form.dataset.index}${hex(one)}.json`)))).flat();
    const wanted = words.join(" "), best = new Map();
    for (const [name, subject, called, numbers] of rows) {
      const folded = ` ${fold(name)}`;
      if (!words.every((word) => folded.includes(` ${word}`))) continue;
      const rank = folded.trim() === wanted ? 0 : folded.length;
      if (!best.has(subject) || rank < best.get(subject).rank) best.set(subject, { rank, name, subject, called, numbers });
    }
    const found = [...best.values()].sort((one, other) => one.rank - other.rank || (one.name < other.name ? -1 : 1));
    const address = (subject) => `${form.dataset.subjects}${encodeURIComponent(subject).replace(/%3A/g, ":")}/`;
    return {
      said: form.dataset.said.replace("#", String(found.length)),
      results: found.slice(0, most).map((one) => ({
        name: one.called || one.name, href: address(one.subject),
        note: [one.called ? one.name : "", ...one.numbers].filter(Boolean).join(" · "),
      })),
    };
  };

  // The page of results, for words that came with the address.
  const place = document.querySelector("[data-results]"), form = document.querySelector("form[data-index]");
  const asked = new URLSearchParams(location.search).get("q");
  if (place && form && asked) {
    form.querySelector("input[type=search]").value = asked;
    window.tizimFound(form, asked).then((answer) => {
      const said = Object.assign(document.createElement("p"), { textContent: answer.said });
      said.setAttribute("role", "status");
      const list = Object.assign(document.createElement("ol"), { className: "plain results" });
      list.append(...answer.results.map((one) => {
        const item = document.createElement("li"), link = Object.assign(document.createElement("a"), { href: one.href });
        link.append(Object.assign(document.createElement("bdi"), { textContent: one.name, className: "src" }));
        item.append(link, Object.assign(document.createElement("small"), { textContent: one.note }));
        return item;
      }));
      place.replaceChildren(said, list);
    }, () => { /* without the index the names stand by their letters on the page linked above */ });
  }
})();
