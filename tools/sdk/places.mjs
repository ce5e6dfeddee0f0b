/** client.environments, client.secrets, client.spaces and client.events, as far as their endpoints exist. */
import assert from "node:assert/strict";

import { connect } from "./client.mjs";
import { MISSING, all, is, paged, refused, succeeded } from "./expect.mjs";

const MEMBERS = ["pat", "user", "pair"];
let made = 0;

/** A fresh environment for a check that changes or ends one. */
async function another({ api }, isProd = false) {
  return (await api.pat.environments.create({ name: `check ${Date.now()} ${++made}`, isProd })).data;
}

export const environments = {
  async list({ api, environmentId }) {
    for (const who of MEMBERS) paged("Environment", await api[who].environments.list(), { atLeast: 2 });
    const [own, ...others] = paged("Environment", await api.secret.environments.list({ pageSize: 100 }));
    assert.deepEqual([own.id, others.length], [environmentId, 0], "a secret key sees its own alone");
    const second = await api.pat.environments.list({ pageSize: 1, pageNumber: 2 });
    assert.deepEqual([second.data.length, second.pagination.currentPage], [1, 2]);
    await refused(403, () => api.publishable.environments.list());
  },

  async create({ api, ours }) {
    for (const who of MEMBERS) {
      const name = `made by ${who} ${Date.now()}`;
      const settings = { guestAuthentication: ["shared_link"], metadata: { of: who }, namespaces: ["a"] };
      const config = { name, isProd: false, ...settings };
      const { data } = await api[who].environments.create(config);
      const { id, accountId, features, ...rest } = is("Environment", data);
      assert.deepEqual(rest, { ...config, translationsPath: "", languageOverride: "" });
      await refused(409, () => api[who].environments.create(config), { code: "environment_name_taken" });
      succeeded(await api[who].environments.delete(id));
    }
    await refused(403, () => api.secret.environments.create({ name: "no", isProd: false }));
    const bad = { name: "bad", isProd: false, guestAuthentication: ["shared_link", "shared_link"] };
    await refused(400, () => api.pat.environments.create(bad), { typed: false, code: "unknown_guest_authentication" });
    assert.equal((await api.pat.environments.get(ours.environments[1].id)).data.isProd, true);
  },

  async get({ api, ours, environmentId, theirEnvironmentId }) {
    for (const who of [...MEMBERS, "secret"]) {
      assert.equal(is("Environment", (await api[who].environments.get(environmentId)).data).name, "development");
    }
    await refused(404, () => api.secret.environments.get(ours.environments[1].id));
    await refused(404, () => api.pat.environments.get(theirEnvironmentId));
    await refused(404, () => api.pat.environments.get("no id at all"));
  },

  async update({ api, ours, environmentId, theirEnvironmentId }) {
    for (const who of [...MEMBERS, "secret"]) {
      const answer = await api[who].environments.update(environmentId, { metadata: { changedBy: who } });
      assert.deepEqual(is("Environment", answer).metadata, { changedBy: who }, "bare, and replaced as a whole");
      assert.equal(answer.data.id, environmentId, "older clients read it under `data`");
    }
    await refused(404, () => api.pat.environments.update(theirEnvironmentId, { name: "mine" }), { typed: false });
    const production = ours.environments[1].id;
    await refused(403, () => api.pat.environments.update(production, { isProd: false }));
    await refused(403, () => api.publishable.environments.update(environmentId, { name: "mine" }));
  },

  async delete(t) {
    const { api, theirEnvironmentId, root } = t;
    for (const who of MEMBERS) {
      const { id } = await another(t);
      const [key] = (await api.pat.auth.createNewApiKey({ environmentId: id, type: "SECRET" })).data;
      succeeded(await api[who].environments.delete(id));
      await refused(404, () => api[who].environments.delete(id));
      await refused(401, () => connect(root, key.rawKey).spaces.list());
    }
    const { id } = await another(t, true);
    for (const who of ["pat", "pair", "secret"]) await refused(403, () => api[who].environments.delete(id));
    succeeded(await api.user.environments.delete(id));
    await refused(404, () => api.user.environments.delete(theirEnvironmentId));
  },
};

export const secrets = {
  async upsert({ api, environmentId, theirEnvironmentId }) {
    for (const who of [...MEMBERS, "secret"]) {
      await api[who].secrets.upsert({ name: "SLACK TOKEN", value: "first", environmentId });
      const { data } = await api[who].secrets.upsert({ name: "SLACK TOKEN", value: `of ${who}`, environmentId });
      const named = all("Secret", data).filter((secret) => secret.name === "SLACK TOKEN");
      assert.deepEqual(named.map((secret) => secret.value), [`of ${who}`], "a list, and one of each name");
    }
    await api.secret.secrets.upsert({ name: "NO ENVIRONMENT", value: "a key implies its own" });
    const secret = { name: "x", value: "y" };
    await refused(400, () => api.pat.secrets.upsert(secret));
    await refused(404, () => api.secret.secrets.upsert({ ...secret, spaceId: `us_sp_${MISSING}` }));
    const { data: space } = await api.secret.spaces.create({ name: "With a secret" });
    await api.secret.secrets.upsert({ name: "SLACK TOKEN", value: "of a space", spaceId: space.id });
    const inside = all("Secret", (await api.secret.secrets.list({ environmentId, spaceId: space.id })).data);
    const holding = inside.filter((one) => one.name === "SLACK TOKEN");
    assert.deepEqual(holding.map((one) => [one.value, one.spaceId]), [["of a space", space.id]], "the space's goes first");
    await refused(404, () => api.pat.secrets.upsert({ ...secret, environmentId: theirEnvironmentId }));
    await refused(403, () => api.publishable.secrets.upsert({ ...secret, environmentId }));
  },

  async list({ api, environmentId, theirEnvironmentId }) {
    const { data: space } = await api.secret.spaces.create({ name: "Secrets" });
    const spaceId = space.id;
    const queries = [{ environmentId }, { spaceId }, { environmentId, spaceId, actorId: "us_usr_x" }];
    for (const who of [...MEMBERS, "secret"]) {
      for (const query of queries) all("Secret", (await api[who].secrets.list(query)).data);
    }
    all("Secret", (await api.secret.secrets.list()).data);
    await refused(400, () => api.pat.secrets.list());
    await refused(404, () => api.pat.secrets.list({ environmentId: theirEnvironmentId }));
    await refused(403, () => api.publishable.secrets.list({ environmentId }));
  },

  async delete({ api, environmentId }) {
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await api[who].secrets.upsert({ name: "GONE", value: "soon", environmentId });
      const { id } = data.find((secret) => secret.name === "GONE");
      await refused(404, () => api.stranger.secrets.delete(id));
      const rest = all("Secret", (await api[who].secrets.delete(id)).data, { atLeast: 0 });
      assert.ok(rest.every((secret) => secret.name !== "GONE"), "what is left, as a list");
      await refused(404, () => api[who].secrets.delete(id));
    }
  },
};

export const spaces = {
  async create({ api, environmentId, theirEnvironmentId, ours }) {
    const settings = { metadata: { theme: "dark" }, labels: ["pinned"], namespace: "blue", displayOrder: 2 };
    const config = { name: "Acme", ...settings };
    for (const who of MEMBERS) {
      const { data } = await api[who].spaces.create({ ...config, environmentId });
      assert.equal(is("Space", data).createdByUserId, ours.user.id);
      for (const [field, value] of Object.entries(config)) assert.deepEqual(data[field], value);
    }
    for (const who of ["secret", "publishable"]) {
      const { data } = await api[who].spaces.create({ name: `Of a key`, guestAuthentication: ["shared_link"] });
      assert.equal(is("Space", data).environmentId, environmentId, "a key implies its own environment");
    }
    await refused(400, () => api.pat.spaces.create({ name: "nowhere" }), { code: "invalid_input" });
    for (const who of ["pat", "secret", "publishable"]) {
      await refused(404, () => api[who].spaces.create({ environmentId: theirEnvironmentId }));
    }
  },

  async list({ api, environmentId }) {
    for (const who of [...MEMBERS, "secret"]) paged("Space", await api[who].spaces.list(), { atLeast: 2 });
    const filters = { environmentId, search: "acme", namespace: "blue", archived: true, isAppTemplate: false };
    const query = { ...filters, sortField: "createdAt", sortDirection: "asc", pageSize: 1 };
    assert.equal(paged("Space", await api.pat.spaces.list(query)).length, 1);
    assert.equal((await api.pat.spaces.list({ app: "unknown" })).data.length, 0);
    paged("Space", await api.stranger.spaces.list({ environmentId }), { atLeast: 0 });
    assert.equal((await api.stranger.spaces.list({ environmentId })).pagination.totalCount, 0);
    await refused(400, () => api.pat.spaces.list({ sortField: "name" }), { code: "invalid_input" });
    await refused(403, () => api.publishable.spaces.list());
  },

  async get({ api, environmentId, ours }) {
    const { data: made } = await api.publishable.spaces.create({ name: "Found again" });
    for (const who of [...MEMBERS, "secret"]) {
      assert.equal(is("Space", (await api[who].spaces.get(made.id)).data).environmentId, environmentId);
    }
    const elsewhere = await api.pat.spaces.create({ environmentId: ours.environments[1].id });
    await refused(404, () => api.secret.spaces.get(elsewhere.data.id));
    await refused(404, () => api.stranger.spaces.get(made.id));
    await refused(403, () => api.publishable.spaces.get(made.id));
  },
};

export const events = {
  async list({ api, ours, environmentId }) {
    for (const who of MEMBERS) {
      const answer = await api[who].events.list({ pageSize: 100, topic: "api-key:created" });
      assert.equal(answer.pagination, undefined);
      const topics = all("Event", answer.data).map((event) => event.topic);
      assert.ok(topics.includes("api-key:created"), "an administrator reads security events too");
    }
    const own = all("Event", (await api.secret.events.list({ pageSize: 100 })).data);
    assert.ok(own.every((event) => event.context.environmentId === environmentId && event.domain !== "api-key"));
    const about = { environmentId, domain: "space", topic: "space:created" };
    const query = { ...about, since: new Date(0), includeAcknowledged: true };
    for (const event of all("Event", (await api.pat.events.list(query)).data)) {
      assert.ok(event.createdAt instanceof Date, "the SDK knows this topic");
      assert.equal(event.context.accountId, ours.account.id);
    }
    assert.equal((await api.pat.events.list({ since: new Date(Date.now() + 60_000) })).data.length, 0);
    await refused(403, () => api.publishable.events.list());
  },

  async get({ api }) {
    const [event] = (await api.pat.events.list({ topic: "space:created" })).data;
    assert.deepEqual((await api.user.events.get(event.id)).data, event);
    await refused(404, () => api.stranger.events.get(event.id), { typed: false });
    const [{ id }] = (await api.pat.events.list({ domain: "api-key" })).data;
    await refused(404, () => api.secret.events.get(id), { typed: false });
  },
};
