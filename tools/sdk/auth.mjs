/** client.auth: the exchanges, API keys, personal access tokens. */
import assert from "node:assert/strict";

import { connect } from "./client.mjs";
import { MISSING, all, is, refused, succeeded } from "./expect.mjs";

const PUBLISHABLE = [{ path: "/v1/spaces", method: "POST" }];
const EVERYTHING = [{ path: "*", method: "*" }];

function accessToken(answer, ours) {
  is("AccessToken", answer);
  assert.equal(answer.expiresIn, "86400");
  assert.equal(answer.userId, ours.user.id);
  assert.equal(answer.data.accessToken, answer.accessToken, "older clients read it under `data`");
}

export const auth = {
  async createAccessToken({ api, ours, password }) {
    const { email } = ours.user;
    accessToken(await api.anyone.auth.createAccessToken({ type: "userCredentials", email, password }), ours);
    accessToken(await api.anyone.auth.createAccessToken({ type: "apiCredentials", ...ours.client }), ours);
    const wrong = { type: "userCredentials", email, password: "not the password" };
    await refused(401, () => api.anyone.auth.createAccessToken(wrong), { code: "bad_proof" });
    await refused(400, () => api.anyone.auth.createAccessToken({ ...wrong, email: "x".repeat(400) }));
  },

  async refreshToken({ root, api, ours, password }) {
    const first = await api.anyone.auth.createAccessToken({
      type: "userCredentials", email: ours.user.email, password,
    });
    const next = await api.anyone.auth.refreshToken(first.accessToken);
    accessToken(next, ours);
    assert.notEqual(next.accessToken, first.accessToken);
    for (const { accessToken } of [first, next]) await connect(root, accessToken).accounts.getCurrent();
    await refused(401, () => api.anyone.auth.refreshToken("eyJ"), { code: "not_refreshable" });
    await refused(401, () => api.anyone.auth.refreshToken(ours.personalAccessToken), { code: "not_refreshable" });
  },

  async getApiKeys({ api, environmentId, theirEnvironmentId }) {
    for (const who of ["pat", "pair"]) {
      const { data } = await api[who].auth.getApiKeys({ environmentId });
      const [secret, publishable] = ["SECRET", "PUBLISHABLE"].map((type) => data.find((key) => key.type === type));
      all("ApiKey", data, { atLeast: 2 });
      assert.deepEqual([secret.operations, publishable.operations], [EVERYTHING, PUBLISHABLE]);
      assert.equal(secret.rawKey, undefined, "a secret key is shown to a fresh password alone");
      assert.match(secret.hint, /^sk_….{4}$/);
      assert.match(publishable.rawKey, /^pk_/);
    }
    const fresh = await api.user.auth.getApiKeys({ environmentId });
    assert.ok(fresh.data.every((key) => /^[sp]k_/.test(key.rawKey)), "rawKey while the password is fresh");
    for (const who of ["secret", "publishable"]) await refused(403, () => api[who].auth.getApiKeys({ environmentId }));
    await refused(404, () => api.pat.auth.getApiKeys({ environmentId: theirEnvironmentId }), { code: "not_found" });
    await refused(400, () => api.pat.auth.getApiKeys({ environmentId: "x".repeat(99) }), { code: "invalid_input" });
    await refused(401, () => api.anyone.auth.getApiKeys({ environmentId }), { code: "invalid_credential" });
  },

  async getPublishableKey({ api, environmentId, theirEnvironmentId }) {
    for (const who of ["pat", "user", "pair"]) {
      const { data } = await api[who].auth.getPublishableKey({ environmentId });
      assert.match(is("ApiKey", data).rawKey, /^pk_/);
    }
    await refused(403, () => api.secret.auth.getPublishableKey({ environmentId }));
    await refused(404, () => api.user.auth.getPublishableKey({ environmentId: theirEnvironmentId }));
  },

  async createNewApiKey({ root, api, environmentId, theirEnvironmentId }) {
    for (const who of ["pat", "user", "pair"]) {
      const { data } = await api[who].auth.createNewApiKey({ environmentId, type: "SECRET" });
      assert.equal(all("ApiKey", data).length, 1, "the new key alone, as a list");
      await connect(root, data[0].rawKey).spaces.list();
    }
    const { data } = await api.pat.auth.createNewApiKey({ environmentId, type: "PUBLISHABLE" });
    assert.deepEqual(data[0].operations, PUBLISHABLE);
    await refused(403, () => api.secret.auth.createNewApiKey({ environmentId, type: "SECRET" }));
    await refused(404, () => api.pat.auth.createNewApiKey({ environmentId: theirEnvironmentId, type: "SECRET" }));
  },

  async deleteApiKey({ root, api, environmentId, theirs }) {
    for (const by of ["id", "rawKey"]) {
      const [key] = (await api.pat.auth.createNewApiKey({ environmentId, type: "SECRET" })).data;
      succeeded(await api.pat.auth.deleteApiKey({ environmentId, key: key[by] }));
      succeeded(await api.user.auth.deleteApiKey({ environmentId, key: key[by] }));
      await refused(401, () => connect(root, key.rawKey).spaces.list());
    }
    const foreign = theirs.environments[0].secretKey;
    await refused(404, () => api.pat.auth.deleteApiKey({ environmentId, key: foreign }));
    await connect(root, foreign).spaces.list();
    await refused(404, () => api.pat.auth.deleteApiKey({ environmentId, key: `us_key_${MISSING}` }));
    await refused(403, () => api.secret.auth.deleteApiKey({ environmentId, key: foreign }));
  },

  async listPersonalAccessTokens({ api }) {
    for (const who of ["pat", "user", "pair"]) {
      const { data } = await api[who].auth.listPersonalAccessTokens();
      all("PersonalAccessToken", data);
      assert.ok(data.some((token) => token.name === "bootstrap" && token.lastUsedAt instanceof Date));
    }
    for (const who of ["secret", "publishable"]) await refused(403, () => api[who].auth.listPersonalAccessTokens());
  },

  async createPersonalAccessToken({ root, api }) {
    for (const who of ["pat", "user", "pair"]) {
      const { data } = await api[who].auth.createPersonalAccessToken({ name: `made by ${who}` });
      is("PersonalAccessToken", data.personalAccessToken);
      assert.match(data.token, /^pat_/);
      const child = connect(root, data.token);
      await child.accounts.getCurrent();
      const grandchild = () => child.auth.createPersonalAccessToken({ name: "made by a made one" });
      if (who === "user") await grandchild(); // a password less than 10 minutes old makes a lasting token
      else await refused(403, grandchild);
    }
    await refused(400, () => api.pat.auth.createPersonalAccessToken({ name: "" }), { code: "invalid_input" });
    await refused(403, () => api.secret.auth.createPersonalAccessToken({ name: "no" }));
  },

  async deletePersonalAccessToken({ root, api, ours }) {
    const made = (await api.user.auth.createPersonalAccessToken({ name: "short-lived" })).data;
    const token = connect(root, made.token);
    const child = connect(root, (await token.auth.createPersonalAccessToken({ name: "its child" })).data.token);
    await refused(404, () => api.stranger.auth.deletePersonalAccessToken(made.personalAccessToken.id));
    succeeded(await api.pat.auth.deletePersonalAccessToken(made.personalAccessToken.id));
    for (const dead of [token, child]) await refused(401, () => dead.accounts.getCurrent());
    succeeded(await api.pair.auth.deletePersonalAccessToken(made.personalAccessToken.id));
    await refused(404, () => api.pat.auth.deletePersonalAccessToken(`us_pat_${MISSING}`));
    await refused(404, () => api.pat.auth.deletePersonalAccessToken(ours.user.id));
  },
};
