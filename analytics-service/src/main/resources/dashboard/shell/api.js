// The REST answers. What goes wrong becomes an error whose message can be shown as it is.

const BODY_PAGE = 1000;
const MOST_PAGES = 50;

/** An answer other than the one asked for; status 0 where there was no answer. */
class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Address of an answer: of 'runs' and {state: 'done'}, api/runs?state=done. Empty parameters are left out. */
export function apiAddress(path, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(given).toString();
  return 'api/' + path.replace(/^\/?(api\/)?/, '') + (query ? '?' + query : '');
}

/** The JSON at a path; throws an ApiError with the problem's own words. */
export async function api(path, params) {
  let response;
  try {
    response = await fetch(apiAddress(path, params), { headers: { Accept: 'application/json' } });
  } catch {
    throw new ApiError('The analytics service does not answer. Start it (./labelworth up, or ./labelworth analytics); this page goes on by itself.', 0);
  }
  if (!response.ok) throw new ApiError(await problem(response), response.status);
  return response.json();
}

/** All items of a table, page after page. */
export async function apiItems(path, params = {}) {
  const items = [];
  let after = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await api(path, { limit: BODY_PAGE, ...params, after });
    items.push(...answer.items);
    after = answer.next ?? null;
    if (after === null) break;
  }
  return items;
}

async function problem(response) {
  try {
    const body = await response.json();
    return body.detail ?? body.title ?? `The server answered ${response.status}.`;
  } catch {
    return `The server answered ${response.status} ${response.statusText}.`;
  }
}
