"""What the model believes: plain facts about people, spaces, tokens, links and clips, and what follows from them."""

from dataclasses import dataclass, field

WAYS = ("magic_link", "shared_link")


@dataclass
class Held:
    """What somebody was given of a space, and until when. Without `books` it is limited to sheets."""

    sheets: set
    books: set = field(default_factory=set)
    is_whole: bool = False
    end: object = None

    def lasts(self, now):
        return self.end is None or self.end > now


@dataclass
class Person:
    """A guest: of an address, of an external actor, of the link of a clip, or nobody in particular."""

    id: str
    email: str = ""
    was: str = ""  # their address before
    external: str = ""
    clip: str = ""
    grants: dict = field(default_factory=dict)  # space → Held


@dataclass
class Token:
    """One that is out: until when, and what takes it along when it ends."""

    text: str
    person: str
    end: object
    began: object
    way: str = ""  # the way in it came by, and the space it came through
    through: str = ""
    link: str = ""
    key: str = ""
    is_space: bool = False
    is_over: bool = False  # for good


@dataclass
class Place:
    """A space: its workbooks and sheets, and the ways in of its own, where it has any."""

    id: str
    book_of: dict = field(default_factory=dict)  # sheet → workbook
    books: list = field(default_factory=list)
    own: list | None = None
    is_archived: bool = False
    is_furnished: bool = False


@dataclass
class Link:
    """A shared link."""

    id: str
    space: str
    secret: str
    password: str = ""
    most: int | None = None
    uses: int = 0
    end: object = None
    is_over: bool = False


@dataclass
class Mailed:
    """A sign-in link: for whom, into which space, at which address, until when."""

    id: str
    person: str
    space: str
    end: object
    is_over: bool = False


@dataclass
class Clip:
    """A data clip: where it is, who works on it, and whoever has its link until then."""

    id: str
    space: str
    book: str
    source: str
    sheet: str
    owner: str = ""
    shares: set = field(default_factory=set)
    status: str = "OPEN"
    secret: str = ""
    holder: str = ""  # the guest of its link
    link_end: object = None

    def link_lasts(self, now):
        return bool(self.holder) and (self.link_end is None or self.link_end > now)


class World:
    """All of it."""

    def __init__(self):
        self.people, self.places, self.clips = {}, {}, {}
        self.tokens, self.links, self.mailed = [], [], []
        self.ways = list(WAYS)  # of the environment

    def is_open(self, space, way):
        own = self.places[space].own
        return way in (self.ways if own is None else own)

    def is_live(self, token, now):
        """Whether it opens anything at all."""
        person = self.people.get(token.person)
        if token.is_over or token.end <= now or person is None:
            return False
        if person.clip and not self.clips[person.clip].link_lasts(now):
            return False
        return token.way != "shared_link" or not self.places[token.through].is_archived

    def held(self, person, now):
        """Space → what they have of it at this moment."""
        return {id: one for id, one in person.grants.items() if one.lasts(now) and not self.places[id].is_archived}

    def has(self, person, clip, now):
        """Whether they work on the clip: named, by its link, or as who made it of a sheet that is still theirs."""
        if self.places[clip.space].is_archived:
            return False
        held = self.held(person, now).get(clip.space)
        is_own = clip.owner == person.id and held is not None and clip.source in held.sheets
        is_named = person.id in clip.shares and held is not None
        return is_own or is_named or (clip.holder == person.id and clip.link_lasts(now))

    def seen(self, token, now):
        """Spaces, workbooks, sheets and clips that a token shows; None for a dead one."""
        if not self.is_live(token, now):
            return None
        person = self.people[token.person]
        held = {id: one for id, one in self.held(person, now).items() if not token.is_space or id == token.through}
        clips = [] if token.is_space else [one for one in self.clips.values() if self.has(person, one, now)]
        sheets = {sheet for one in held.values() for sheet in one.sheets}
        books = {self.places[id].book_of[sheet] for id, one in held.items() for sheet in one.sheets}
        books |= {book for one in held.values() for book in one.books} | {one.book for one in clips}
        return set(held), books, sheets | {one.sheet for one in clips}, {one.id for one in clips}

    # What ends

    def end_tokens(self, which):
        for token in self.tokens:
            if which(token):
                token.is_over = True

    def end_ways(self, moved=()):
        """What came through a way that is closed now, or through a space whose ways are another's word now."""
        came = [(one, one.through, one.way) for one in self.tokens if one.way]
        came += [(one, one.space, "shared_link") for one in self.links]
        came += [(one, one.space, "magic_link") for one in self.mailed]
        for one, space, way in came:
            one.is_over = one.is_over or space in moved or not self.is_open(space, way)

    def withdraw(self, person, space):
        """With the shares of clips and the links that hung on it."""
        person.grants.pop(space, None)
        for clip in self.clips.values():
            clip.shares -= {person.id} if clip.space == space else set()
        for one in self.mailed:
            one.is_over |= (one.person, one.space) == (person.id, space)

    def forget(self, person):
        del self.people[person.id]
        self.end_tokens(lambda token: token.person == person.id)
        for one in self.mailed:
            one.is_over |= one.person == person.id
        for clip in self.clips.values():
            clip.shares -= {person.id}
            if clip.holder == person.id:
                clip.holder = clip.secret = ""

    def end_clip(self, clip):
        self.end_clip_link(clip)
        del self.clips[clip.id]

    def end_clip_link(self, clip):
        if clip.holder in self.people:
            self.forget(self.people[clip.holder])

    def demolish(self, space):
        """A space, with everything that hangs on it."""
        for clip in [one for one in self.clips.values() if one.space == space]:
            self.end_clip(clip)
        self.end_tokens(lambda token: token.through == space)
        for person in self.people.values():
            person.grants.pop(space, None)
        self.links = [one for one in self.links if one.space != space]
        for one in self.mailed:
            one.is_over |= one.space == space
        del self.places[space]
