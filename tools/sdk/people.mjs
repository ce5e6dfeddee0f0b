/** client.accounts, client.users and client.roles, as far as they are read; and the legacy client pairs. */
import assert from "node:assert/strict";

import { all, is, paged, refused } from "./expect.mjs";

const MEMBERS = ["pat", "user", "pair"];

export const accounts = {
  async getCurrent({ api, ours }) {
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await api[who].accounts.getCurrent();
      assert.equal(is("Account", data).id, ours.account.id);
    }
    await refused(403, () => api.publishable.accounts.getCurrent());
    await refused(401, () => api.anyone.accounts.getCurrent());
  },
};

export const users = {
  async list({ api, ours }) {
    for (const who of [...MEMBERS, "secret"]) {
      assert.equal(paged("User", await api[who].users.list()).length, 1, "nobody of another account");
    }
    const { email, id } = ours.user;
    const query = { email, search: "ada", sortField: "last_seen_at", sortDirection: "desc", pageSize: 5 };
    assert.equal((await api.pat.users.list(query)).data[0].id, id);
    paged("User", await api.pat.users.list({ email: "nobody@example.com" }), { atLeast: 0 });
    await refused(403, () => api.publishable.users.list());
  },

  async get({ api, ours, theirs }) {
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await api[who].users.get(ours.user.id);
      assert.equal(is("User", data).email, ours.user.email);
    }
    await refused(404, () => api.pat.users.get(theirs.user.id), { typed: false });
  },

  async listUserRoles({ api, ours, theirs }) {
    const { data } = await api.pat.users.listUserRoles(ours.user.id);
    assert.equal(all("ActorRole", data)[0].resourceId, ours.account.id);
    await refused(404, () => api.pat.users.listUserRoles(theirs.user.id));
  },

  async createApiToken({ api, ours }) {
    const tenantId = ours.account.id;
    const { data } = await api.user.users.createApiToken(ours.user.id, { tenantId });
    const pair = { type: "apiCredentials", clientId: is("ApiToken", data).clientId, secret: data.secret };
    is("AccessToken", await api.anyone.auth.createAccessToken(pair));
    const wrong = { ...pair, secret: ours.client.secret };
    await refused(401, () => api.anyone.auth.createAccessToken(wrong), { code: "bad_proof" });
    for (const who of ["pat", "pair", "secret"]) {
      await refused(403, () => api[who].users.createApiToken(ours.user.id, { tenantId }));
    }
  },

  async listApiTokens({ api, ours, theirs }) {
    const query = { tenantId: ours.account.id };
    for (const who of MEMBERS) {
      const found = paged("ApiToken", await api[who].users.listApiTokens(ours.user.id, query));
      assert.ok(found.every((pair) => pair.secret === undefined));
    }
    await refused(404, () => api.pat.users.listApiTokens(theirs.user.id, query), { typed: false });
    await refused(404, () => api.pat.users.listApiTokens(ours.user.id, { tenantId: "x" }), { typed: false });
  },
};

export const roles = {
  async list({ api }) {
    for (const who of MEMBERS) {
      const names = all("Role", (await api[who].roles.list()).data).map((role) => role.name);
      assert.deepEqual(names.sort(), ["Admin", "Guest", "User"]);
    }
    for (const who of ["secret", "publishable"]) await refused(403, () => api[who].roles.list());
  },
};
