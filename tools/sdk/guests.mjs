/** Guests through the SDK: created in an array, given a space or a workbook of it, acted for, deleted. */
import assert from "node:assert/strict";
import { connect } from "./client.mjs";
import { all, is, MISSING, refused, succeeded } from "./expect.mjs";

const MEMBERS = ["pat", "user", "pair"];
let count = 0;

/** A space with one workbook, and a guest of that workbook alone: the example of the documentation. */
async function invited({ api, environmentId }, who = "secret") {
  const { data: space } = await api.secret.spaces.create({
    name: "For guests", environmentId, guestAuthentication: ["magic_link"],
  });
  const { data: workbook } = await api.secret.workbooks.create({ spaceId: space.id, name: "Theirs", environmentId });
  const email = `guest${(count += 1)}.${Date.now()}@example.com`;
  const spaces = [{ id: space.id, workbooks: [{ id: workbook.id }] }];
  const { data } = await api[who].guests.create([{ environmentId, email, name: "Mr. Guest", spaces }]);
  return { guest: all("Guest", data)[0], space, workbook, spaces };
}

export const guests = {
  async create(t) {
    for (const who of [...MEMBERS, "secret"]) {
      const { guest, spaces } = await invited(t, who);
      assert.deepEqual(guest.spaces, spaces);
      assert.equal(guest.environmentId, t.environmentId);
    }
    const nobody = { environmentId: t.environmentId, email: "a@example.com", name: "A", spaces: [{ id: `us_sp_${MISSING}` }] };
    await refused(404, () => t.api.secret.guests.create([nobody]), { typed: false });
    await refused(403, () => t.api.publishable.guests.create([{ ...nobody, spaces: [] }]), { typed: false });
  },

  async list(t) {
    const { guest, space } = await invited(t);
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await t.api[who].guests.list({ spaceId: space.id });
      assert.deepEqual(all("Guest", data).map((one) => one.id), [guest.id]);
    }
    const { data } = await t.api.pat.guests.list({ spaceId: space.id, email: guest.email.toUpperCase() });
    assert.equal(data.length, 1);
    assert.equal((await t.api.stranger.guests.list({ spaceId: space.id })).data.length, 0);
  },

  async get(t) {
    const { guest } = await invited(t);
    for (const who of [...MEMBERS, "secret"]) assert.deepEqual((await t.api[who].guests.get(guest.id)).data, guest);
    await refused(404, () => t.api.stranger.guests.get(guest.id), { typed: false });
  },

  async update(t) {
    const { guest, space } = await invited(t);
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await t.api[who].guests.update(guest.id, { name: `Of ${who}`, spaces: [{ id: space.id }] });
      assert.equal(is("Guest", data).name, `Of ${who}`);
      assert.deepEqual(data.spaces, [{ id: space.id }], "the list is what holds");
    }
    await refused(404, () => t.api.stranger.guests.update(guest.id, { name: "Mine" }), { typed: false });
  },

  async getGuestToken(t) {
    const { guest, space, workbook } = await invited(t);
    const { data } = await t.api.secret.guests.getGuestToken(guest.id, { spaceId: space.id });
    assert.equal(data.valid, true);
    const their = connect(t.root, data.token);
    assert.deepEqual((await their.workbooks.list({ spaceId: space.id })).data.map((one) => one.id), [workbook.id]);
    await refused(403, () => their.guests.getGuestToken(guest.id), { typed: false });
  },

  async assignGuestRole(t) {
    const { guest, space } = await invited(t);
    const role = (await t.api.pat.roles.list()).data.find((one) => one.name === "Guest");
    const { data } = await t.api.pat.guests.assignGuestRole(guest.id, { roleId: role.id, resourceId: space.id });
    assert.equal(is("GuestRole", data).actorId, guest.id);
    assert.deepEqual((await t.api.user.guests.listGuestRoles(guest.id)).data, [data]);
    await refused(403, () => t.api.secret.guests.assignGuestRole(guest.id, { roleId: role.id, resourceId: space.id }));
    succeeded(await t.api.pat.guests.deleteGuestRole(guest.id, data.id));
    await refused(404, () => t.api.pat.guests.deleteGuestRole(guest.id, data.id));
  },

  async delete(t) {
    const { guest, space } = await invited(t);
    succeeded(await t.api.secret.guests.delete(guest.id, { spaceId: space.id }));
    assert.deepEqual((await t.api.secret.guests.get(guest.id)).data.spaces, []);
    succeeded(await t.api.secret.guests.delete(guest.id));
    await refused(404, () => t.api.secret.guests.get(guest.id), { typed: false });
  },
};
