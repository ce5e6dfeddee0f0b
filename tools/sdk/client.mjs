/** The official SDK pointed at our server, with the one workaround it needs on a current Node. */
import { FlatfileClient } from "@flatfile/api";
import { fetcher } from "@flatfile/api/core/index.js";

/**
 * A client of the given root (without /v1) and bearer.
 *
 * The SDK sets a Keep-Alive header on every call, which Node's own fetch refuses before anything is sent.
 */
export function connect(apiUrl, token) {
  const client = new FlatfileClient({ apiUrl, token });
  client._options.fetcher = (call) => fetcher({ ...call, headers: { ...call.headers, "Keep-Alive": undefined } });
  return client;
}

/** One client for each kind of credential, the exchanged ones through the SDK itself. */
export async function cast(apiUrl, { ours, theirs, password }) {
  const anyone = connect(apiUrl, "a-dummy-that-open-routes-do-not-read");
  const [development] = ours.environments;
  const user = await anyone.auth.createAccessToken({ type: "userCredentials", email: ours.user.email, password });
  const pair = await anyone.auth.createAccessToken({ type: "apiCredentials", ...ours.client });
  return {
    anyone,
    pat: connect(apiUrl, ours.personalAccessToken),
    user: connect(apiUrl, user.accessToken),
    pair: connect(apiUrl, pair.accessToken),
    secret: connect(apiUrl, development.secretKey),
    publishable: connect(apiUrl, development.publishableKey),
    stranger: connect(apiUrl, theirs.personalAccessToken),
  };
}
