// The server's answers. All paths are relative to the page's own address, which holds the token.

const PATIENCE = 20_000; // ms until a silent server counts as gone

/** The server refused: `message` says what is wrong, `remedy` what to do, `rows` how the rows are now, if it says so. */
export class Refused extends Error {
  constructor(status, { error, remedy, rows }) {
    super(error || `the server answered ${status}`);
    this.status = status;
    this.remedy = remedy || "";
    this.rows = rows ?? null;
  }

  /** Whether the server does not know this page's address: it was started anew. */
  get foreign() {
    return [401, 403, 404].includes(this.status);
  }
}

/** Nobody answered. */
export class Unreachable extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`api/${path}`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
    if (response.ok) return await response.json();
  } catch (error) {
    throw new Unreachable(error.message);
  }
  throw new Refused(response.status, await said(response));
}

/** What a refusal says; one that is no JSON says nothing. */
async function said(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

export const get = (path) => call(path);

export const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const documentPath = (id) => (id === null ? "actors" : `documents/${encodeURIComponent(id)}`);
