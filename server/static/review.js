// Sends what a reader decides, with the token that they gave, and shows the next pair.

const asks = document.querySelector(".asks");
const verbs = document.querySelector(".verbs");
const KEPT = { who: localStorage, token: sessionStorage }; // the token goes when the tab does
const WANTED = { token: "Give the server’s token first.", who: "Say who you are first." };
let sending = false;

const field = (name) => asks.querySelector(`[name="${name}"]`);
const given = (name) => field(name).value.trim();

function tell(words) {
  document.querySelector(".answered").textContent = words;
}

async function send(decision, after) {
  for (const [name, words] of Object.entries(WANTED)) {
    if (!given(name)) {
      tell(words);
      field(name).focus();
      return;
    }
    KEPT[name].setItem(`kg-${name}`, given(name));
  }
  sending = true;
  tell("…");
  try {
    const answer = await fetch("/review", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, text/plain", Authorization: `Bearer ${given("token")}` },
      body: JSON.stringify({ ...decision, who: given("who") }),
    });
    if (answer.ok) {
      location.assign(after);
      return;
    }
    if (answer.status === 401) {
      KEPT.token.removeItem("kg-token");
      field("token").focus();
    }
    tell(answer.status === 401 ? "That is not the token of this server." : await answer.text());
  } catch (error) {
    tell(`The server can’t be reached: ${error.message}`);
  }
  sending = false;
}

if (asks) {
  for (const part of document.querySelectorAll(".asks, .verbs, .undo")) part.hidden = false;
  for (const part of document.querySelectorAll(".unscripted")) part.hidden = true;
  for (const [name, kept] of Object.entries(KEPT)) field(name).value = kept.getItem(`kg-${name}`) ?? "";
  for (const button of verbs?.querySelectorAll("button") ?? []) {
    const { one, other, after } = verbs.dataset;
    button.addEventListener("click", () => send({ one, other, verb: button.value, why: given("why") }, after));
  }
  for (const button of document.querySelectorAll(".undo")) {
    button.addEventListener("click", () => send({ undo: button.dataset.undo }, location.href));
  }
}

document.addEventListener("keydown", (event) => {
  if (sending || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted || wanted.closest("[hidden]")) return;
  event.preventDefault();
  wanted.click();
});
