/** Data clips through the SDK: made, filled, shared, compared, merged. */
import assert from "node:assert/strict";
import { connect } from "./client.mjs";
import { MISSING, all, is, refused, succeeded } from "./expect.mjs";

const MAKERS = ["pat", "user", "pair", "secret"];
const FIELDS = [
  { key: "name", type: "string" },
  { key: "boss", type: "reference", config: { ref: "bosses", key: "name" } },
];
const BOSSES = [{ key: "name", type: "string" }];

/** A sheet with two people, whose bosses are in another, and a clip of the first of them. */
async function clipped({ api, environmentId }, who = "pat", given = {}) {
  const { data: space } = await api.pat.spaces.create({ name: "Clips", environmentId });
  const sheets = [{ name: "People", slug: "people", fields: FIELDS }, { name: "Bosses", slug: "bosses", fields: BOSSES }];
  const { data: workbook } = await api.pat.workbooks.create({ name: "Book", spaceId: space.id, sheets });
  const [people, bosses] = workbook.sheets;
  await api.pat.records.insert(bosses.id, [{ name: { value: "Bo" } }, { name: { value: "Di" } }]);
  const cells = [{ name: { value: "Ann" }, boss: { value: "Bo" } }, { name: { value: "Cy" }, boss: { value: "Di" } }];
  const { data: made } = await api.pat.records.insert(people.id, cells);
  const clip = is("DataClip", await api[who].dataClips.create({ name: "Ann", sourceSheetId: people.id, ...given }));
  const added = await api[who].dataClips.addRecordsToClip(clip.id, { recordIds: [made.records[0].id] });
  assert.equal(added.success, true);
  return { space, people, bosses, clip, copy: all("Record", added.records)[0], original: made.records[0] };
}

const rename = (client, sheetId, id, name) => client.records.update(sheetId, [{ id, values: { name: { value: name } } }]);
const names = ({ data }) => data.records.map((record) => record.values.name.value);

export const dataClips = {
  async create(t) {
    for (const who of MAKERS) {
      const { clip, people } = await clipped(t, who, { description: "Of Ann" });
      assert.deepEqual([clip.status, clip.sourceSheetId, clip.description], ["OPEN", people.id, "Of Ann"]);
      const { data: sheet } = await t.api.pat.sheets.get(clip.clipSheetId);
      assert.deepEqual(sheet.treatments, ["CLIPPED_FROM_SHEET"]);
      assert.equal(sheet.workbookId, people.workbookId);
    }
    const nothing = { name: "No", sourceSheetId: `us_sh_${MISSING}` };
    await refused(404, () => t.api.pat.dataClips.create(nothing));
    await refused(403, () => t.api.publishable.dataClips.create(nothing), { typed: false });
  },

  async list(t) {
    const { clip, space, people } = await clipped(t);
    for (const query of [{ spaceId: space.id }, { sheetId: people.id, status: "OPEN" }]) {
      const { data } = await t.api.secret.dataClips.list(query);
      assert.deepEqual(data.map((one) => is("DataClip", one.data).id), [clip.id], "wrapped once more, as documented");
    }
    assert.deepEqual((await t.api.pat.dataClips.list({ spaceId: space.id, status: "MERGED" })).data, []);
    assert.deepEqual((await t.api.stranger.dataClips.list({ spaceId: space.id })).data, []);
  },

  async get(t) {
    const { clip } = await clipped(t);
    for (const who of MAKERS) assert.equal(is("DataClip", (await t.api[who].dataClips.get(clip.id)).data).id, clip.id);
    await refused(404, () => t.api.stranger.dataClips.get(clip.id), { typed: false });
  },

  async update(t) {
    const { clip, people, bosses, copy, original } = await clipped(t);
    const { data } = await t.api.pat.dataClips.update(clip.id, { name: "Anna", sharedLinkAccess: "public" });
    assert.deepEqual([data.name, data.sharedLinkAccess], ["Anna", "public"]);
    const anybody = connect(t.root, data.accessToken);
    assert.deepEqual(names(await anybody.records.get(clip.clipSheetId)), ["Ann"]);
    assert.deepEqual(names(await anybody.records.get(bosses.id)), ["Bo"], "what it refers to, and no other");
    await refused(404, () => anybody.records.get(people.id));
    await rename(anybody, clip.clipSheetId, copy.id, "Annie");
    const secret = data.guestLinkUrl.split("/").at(-1);
    assert.equal((await t.api.anyone.users.exchangeToken({ token: secret })).data.valid, true);
    await t.api.pat.dataClips.update(clip.id, { name: "Anna", status: "READY" });
    await refused(403, () => t.api.secret.dataClips.update(clip.id, { name: "Anna", status: "MERGED" }), { typed: false });
    const merged = (await t.api.pat.dataClips.update(clip.id, { name: "Anna", status: "MERGED" })).data;
    assert.equal(merged.status, "MERGED");
    assert.ok(merged.mergedAt instanceof Date);
    assert.deepEqual(names(await t.api.pat.records.get(people.id, { ids: [original.id] })), ["Annie"]);
    const ended = await t.api.pat.dataClips.update(clip.id, { name: "Anna", sharedLinkAccess: "restricted" });
    assert.equal(ended.data.sharedLinkAccess, "restricted", "of a merged one, too");
    await refused(401, () => anybody.dataClips.get(clip.id), { typed: false });
  },

  async delete(t) {
    const { clip, people } = await clipped(t);
    succeeded(await t.api.secret.dataClips.delete(clip.id));
    await refused(404, () => t.api.pat.dataClips.get(clip.id), { typed: false });
    assert.equal(names(await t.api.pat.records.get(people.id)).length, 2);
  },

  async addRecordsToClip(t) {
    const { clip, original, bosses } = await clipped(t);
    const again = await t.api.secret.dataClips.addRecordsToClip(clip.id, { recordIds: [original.id] });
    assert.deepEqual([again.records, again.counts.total], [[], 1], "once");
    const { data } = await t.api.pat.records.get(bosses.id);
    const recordIds = [data.records[0].id];
    await refused(404, () => t.api.pat.dataClips.addRecordsToClip(clip.id, { recordIds }));
  },

  async getResolutions(t) {
    const { clip, people, copy, original } = await clipped(t);
    await rename(t.api.pat, clip.clipSheetId, copy.id, "Anna");
    await rename(t.api.pat, people.id, original.id, "Annie");
    const { data } = await t.api.pat.dataClips.getResolutions(clip.id, { filterConflicts: true });
    const [{ id, values, resolves }] = all("Record", data);
    assert.equal(id, copy.id);
    assert.deepEqual([values.name.value, values.name.clipValue, values.name.snapshotValue], ["Annie", "Anna", "Ann"]);
    assert.deepEqual(resolves, [{ field: "name", type: "conflict" }]);
  },

  async getResolutionIndex(t) {
    const { clip, copy } = await clipped(t);
    const asked = { id: copy.id, filterConflicts: "false" };
    assert.deepEqual(await t.api.pat.dataClips.getResolutionIndex(clip.id, asked), { index: 0 });
    const conflicts = { id: copy.id, filterConflicts: "true" };
    await refused(404, () => t.api.pat.dataClips.getResolutionIndex(clip.id, conflicts));
  },

  async updateResolution(t) {
    const { clip, people, copy, original } = await clipped(t);
    await rename(t.api.pat, clip.clipSheetId, copy.id, "Anna");
    await rename(t.api.pat, people.id, original.id, "Annie");
    const resolves = [{ field: "name", type: "resolve", resolveTo: "clip" }];
    succeeded(await t.api.pat.dataClips.updateResolution(clip.id, { resolvedRecords: [{ recordId: copy.id, resolves }] }));
    assert.deepEqual((await t.api.pat.dataClips.getResolutions(clip.id, { filterConflicts: true })).data, []);
    const missing = { resolvedRecords: [{ recordId: `us_rc_${MISSING}`, resolves }] };
    await refused(404, () => t.api.pat.dataClips.updateResolution(clip.id, missing));
  },

  async refreshResolutions(t) {
    const { clip } = await clipped(t);
    succeeded(await t.api.pat.dataClips.refreshResolutions(clip.id));
    await refused(404, () => t.api.stranger.dataClips.refreshResolutions(clip.id));
  },
};
