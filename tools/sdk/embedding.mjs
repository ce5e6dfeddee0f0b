/** Embedded spaces: what the browser SDKs and older embeds ask for, and what their token then does through the SDK. */
import assert from "node:assert/strict";
import { connect } from "./client.mjs";
import { is, refused, succeeded } from "./expect.mjs";

const SHEET = { name: "People", slug: "people", fields: [{ key: "name", type: "string" }] };

export const embedding = {
  async create(t) {
    const { data: space } = await t.api.publishable.spaces.create({ name: "Embedded" });
    assert.ok(is("Space", space).guestLink.endsWith(`/space/${space.id}?token=${space.accessToken}`));
    const their = connect(t.root, space.accessToken);
    const { data: workbook } = await their.workbooks.create({ spaceId: space.id, name: "W", sheets: [SHEET] });
    await their.documents.create(space.id, { title: "Read me", body: "# Hello" });
    const defaultPage = { workbook: { workbookId: workbook.id } };
    const { data } = await their.spaces.update(space.id, { metadata: { sidebarConfig: { defaultPage } } });
    assert.deepEqual(data.metadata.sidebarConfig.defaultPage, defaultPage);
    assert.equal((await their.spaces.get(space.id)).data.accessToken, space.accessToken);
    assert.deepEqual((await their.spaces.list()).data.map((one) => one.id), [space.id]);
    await refused(403, () => their.spaces.update(space.id, { name: "Mine" }), { typed: false });
    succeeded(await their.spaces.archiveSpace(space.id));
    await refused(401, () => their.spaces.get(space.id), { typed: false });
  },

  async init(t) {
    const { publishableKey } = t.ours.environments[0];
    const body = { space: { name: "Embedded Space" }, workbook: { name: "W", sheets: [SHEET] }, externalActorId: "jo" };
    const address = `${t.root}/v1/internal/spaces/init?publishableKey=${publishableKey}`;
    const headers = { Accept: "text/plain", "Content-Type": "text/plain" };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    const { data } = await answer.json();
    assert.equal(answer.status, 200);
    assert.equal(data.workbooks[0].sheets[0].slug, "people");
    assert.equal((await connect(t.root, data.space.accessToken).spaces.get(data.space.id)).data.id, data.space.id);
  },

  async reuse(t) {
    const { data: made } = await t.api.secret.spaces.create({ name: "Once more" });
    const { data: again } = await t.api.secret.spaces.get(made.id);
    assert.equal(again.accessToken, made.accessToken);
    assert.match(again.guestLink, /\/shared\/share_/);
    const { data } = await connect(t.root, again.accessToken).spaces.get(made.id);
    assert.equal(data.accessToken, again.accessToken);
    await refused(403, () => t.api.publishable.spaces.get(made.id), { typed: false });
  },
};
