// News from the server: other people's edits of the review files, decisions that got lost, a server that is gone.

import { Refused, Unreachable, get, post } from "./api.js";
import { counted } from "./dom.js";
import { banner, say, unbanner } from "./review-notices.js";

const EVERY = 1000; // ms between questions
const HIDDEN = 5000; // while nobody looks
const NAMED = 3; // lost rows that a banner names

export class News {
  /** `page` is the `ReviewPage`; `since` the stamp of what it knows. */
  constructor(page, since) {
    this.page = page;
    this.stamp = since;
    this.left = new Set(); // lost decisions that are to stay lost
  }

  /** Asks for news for as long as the page is open. */
  async listen() {
    try {
      await this.ask();
    } catch (error) {
      if (error instanceof Unreachable) this.showGone();
      else if (!(error instanceof Refused)) throw error;
      else if (error.foreign) this.showForeign();
      else banner("problem", error.message, { remedy: error.remedy, tone: "error" });
    } finally {
      setTimeout(() => this.listen(), document.hidden ? HIDDEN : EVERY);
    }
  }

  async ask() {
    const news = await get(`changes?since=${encodeURIComponent(this.stamp)}`);
    unbanner("foreign");
    if (this.page.deciding.saves.stuck) this.page.deciding.saves.retry();
    if (unbanner("gone")) say("The server is back.");
    await this.page.takeNews(news);
    this.stamp = news.stamp;
    this.showLost(news.lost ?? []);
    showProblem(news.problem);
  }

  unsaved = () => this.page.deciding.saves.waiting.map((order) => order.what).join("; ");

  showGone() {
    const lost = this.unsaved();
    const state = lost
      ? `Not saved yet: ${lost}. It is sent when the server is back: keep this page open.`
      : "All decisions are saved.";
    const retry = () => this.page.deciding.saves.retry();
    const actions = lost ? [["Try now", retry]] : [];
    banner("gone", "The server does not answer.", {
      tone: "error",
      actions,
      remedy: `${state} Until then nothing more is taken.`,
    });
  }

  showForeign() {
    unbanner("gone");
    const lost = this.unsaved();
    const state = lost ? `Not saved: ${lost}. Take it again there.` : "All decisions are saved.";
    const text = "This page's server has ended and another runs in its place.";
    banner("foreign", text, { tone: "error", remedy: `Open the address that it printed. ${state}` });
  }

  showLost(lost) {
    const ids = lost.map((each) => each.row_id).filter((id) => !this.left.has(id));
    if (!ids.length) return void unbanner("lost");
    const one = ids.length === 1;
    const text = `${counted(ids.length, "decision")} taken here ${one ? "is" : "are"} no longer in source/review/: another program's save removed ${one ? "it" : "them"}.`;
    const actions = [
      ["Put back", () => this.restore(ids)],
      ["Leave it so", () => this.leave(ids)],
    ];
    banner("lost", text, { remedy: ids.slice(0, NAMED).map(this.page.nameOf).join("; "), actions });
  }

  async restore(ids) {
    try {
      this.page.takeAnswer(await post("restore", { row_ids: ids }));
      unbanner("restore");
      say(`${counted(ids.length, "decision")} put back.`);
    } catch (error) {
      banner("restore", `Not put back: ${error.message}`, { remedy: error.remedy ?? "", tone: "error" });
    }
  }

  leave(ids) {
    for (const id of ids) this.left.add(id);
    unbanner("lost");
  }
}

/** A review file that cannot be read right now: which, where, and what to do. */
function showProblem(problem) {
  if (!problem) return void unbanner("problem");
  const place = problem.file ? `${problem.file}${problem.line ? `, line ${problem.line}` : ""}: ` : "";
  banner("problem", `${place}${problem.error}`, { remedy: problem.remedy ?? "", tone: "error" });
}
