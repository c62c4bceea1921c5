"""What the API's description says in sentences, beside what the routes' tables and the schemas say."""

INTRODUCTION = """Every address begins with `/api`; a slash at its end is optional. Bodies and answers are JSON in UTF-8,
whatever the request's `Content-Type` and `Accept`. Unknown fields and parameters are ignored.

**Token.** A client token is made in the portal under *API tokens*. Under `/api` it goes into `Authorization`, as it is or
after `Bearer`, `X-API-Key` (the offers feed), `X-API-Token` (coupons) or `X-Client-Authorization`; under `/api/v2`
(loyalty cards) into `X-API-Key` or another of these. Under `/api/v3` (member offers) it goes into
`X-Client-Authorization`, `X-API-Key` or `X-API-Token`, for there `Authorization` is the member's: `Bearer` and their
access token. It speaks for one partner: what belongs to another one answers like what is missing. A token with companies
reaches these as well. Its permits say what it may do.

**Money** is a number in units of its currency, with at most as many decimals as the currency has, unless a field says
that it is in the smallest units. Sums and percentages are taken as strings too. Times are UTC.

**Changes.** PUT and PATCH set the fields that are sent and leave the others. `null` clears a field, which puts back its
default; an empty string means that the field was not sent.

**Lists.** Catalogs, offers, landings and deals are newest first, 100 to a page unless `limit` says otherwise (200 at most);
the next page is in the `Link` header, with `rel="next"`. The offers feed pages alike, 200 to a page and 500 at most, in
the order in which offers came into it; `/api/events` is oldest first and goes on from `next`. Coupons, ticketed events,
bundles and listings have a `page` of 200 by their ids; under `/api/v2` there are `page` and `itemsPerPage` (30, 1000 at
most), newest first; under `/api/v3` `page_no` and `per_page` (100, which is the most), newest first unless `order_by`
says otherwise.

**Repeats.** A POST, PUT or PATCH with an `Idempotency-Key` (1 to 255 printable characters, bare or in quotes) takes
effect once: for 24 hours the same request with the same key gets the first one's answer, marked
`Idempotent-Replayed: true`. The key is your token's own. With another method, path or body it is a 422. While the first
request still runs the second waits for it, up to five seconds, and is then a 409 with `Retry-After`. Answers of 2xx,
409 and 422 are kept; after any other the mended request may use the same key.

**Limits.** `RateLimit` says how many requests remain. Too many answer 429, with `Retry-After` in seconds.

**Refusals** are `application/problem+json`, but each under its own path as the answers below say: coupons, `/api/v2` and
`/api/v3` have shapes of their own, with the sentence in `error`, `errors` or `message`. In a problem `error_code` says what failed to a program, `detail` to a person and how to
mend it, and `errors` names the fields. The reference at `/api/docs` lists every code, the limits, test mode and changes."""

REFUSALS = {
    400: "The request cannot be taken, or a rule is broken; `errors` (`error.details` under `/api/v2`) names the fields",
    401: "No token, an unknown one, or two different ones",
    403: "The token lacks the permit, or its partner is not confirmed",
    404: "Not here: missing, or another partner's",
    405: "Another verb; `Allow` says which this address takes",
    409: "Another request with the same Idempotency-Key still runs, or changed the same thing at the same moment; or what "
    "may be there once is there already: `error_code` says which",
    410: "It was here, and is not kept any more",
    413: "The body is larger than 1 MiB",
    422: "The Idempotency-Key was used with another request, or, under `/api/v2` and `/api/v3`, a rule is broken",
    429: "Too many requests; Retry-After says when to try again",
    460: "The member's token is missing, unknown or has expired",
    467: "The member is banned; `banned_until` says until when",
    470: "A header that is required is missing",
    500: "The portal failed at this request, which was logged",
    503: "The database cannot be reached or written right now; Retry-After says when to try again",
}

HEADERS = {
    "X-Request-Id": "The request's own id, if it sent one of up to 128 printable characters, else one made here",
    "RateLimit": 'How many requests remain, and in how many seconds all of them are back (of a 429: one), as `"token";r=599;t=1`',
    "RateLimit-Policy": 'How many requests are taken in how many seconds, as `"token";q=600;w=60`',
    "Retry-After": "In how many seconds to try again",
    "Idempotent-Replayed": "Only on an answer that was kept under the request's Idempotency-Key: nothing was done again",
    "Reservation-Secret": "The reservation’s secret again, as it was sent",
    "WWW-Authenticate": "The scheme that a token can be sent with",
    "Allow": "The verbs that the address takes",
    "ETag": "What tells this answer from another: send it back as `If-None-Match`",
    "Cache-Control": "How long the answer may be kept without asking",
}

NOT_CHANGED = "What you have is still so: no body"
IDEMPOTENCY_KEY = "Makes a repeat of the request harmless for 24 hours: it gets the first one's answer"
NEXT_PAGE = 'The next page, as `<address>; rel="next"`; absent where there is none'
FIND_IT = "Check what you asked for, and that the token is of the partner it belongs to."
MEMBER_TOKEN, OF_MEMBERS = "MemberToken", "A member's access token, under `/api/v3`, beside the client's token"
CREDENTIAL = "A client token. Send it in one of the headers; two different ones are a 401"
