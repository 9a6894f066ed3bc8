"""XML from outside, read as a stream and without trust.

Refused before a byte of it is believed: any entity declaration (entity expansion, files and addresses pulled
in through an entity), nesting and sizes beyond a limit, and of course what is not well formed. A document type
that only *names* a DTD is accepted, as NLM's files carry one; the DTD itself is never fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

CHUNK = 65_536


class XmlRefused(ValueError):
    """The document is malformed, hostile or too large. The text is for a person."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost us. Real files: 30 MB of topics, 2,000 efetch articles in 40 MB."""

    total_bytes: int = 120_000_000
    record_bytes: int = 8_000_000
    depth: int = 60


class _Collector:
    """Builds one small tree for each record and forgets everything between the records."""

    def __init__(self, wanted: frozenset[str], limits: Limits) -> None:
        self.done: list[Element] = []
        self.root = ""
        self.count = 0
        self._wanted, self._limits = wanted, limits
        self._depth, self._record_depth = 0, 0
        self._tree = TreeBuilder()

    @property
    def inside(self) -> bool:
        return self._record_depth > 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _named(tag)
        self._depth += 1
        self.root = self.root or tag
        if self._depth > self._limits.depth:
            raise XmlRefused(f"It is nested more than {self._limits.depth} levels deep.")
        if not self.inside and tag in self._wanted:
            self._record_depth = self._depth
            self._tree = TreeBuilder()
        if self.inside:
            self._tree.start(tag, {_named(name): value for name, value in attributes.items()})

    def data(self, text: str) -> None:
        if self.inside:
            self._tree.data(text)

    def end(self, tag: str) -> None:
        if self.inside:
            self._tree.end(_named(tag))
            if self._depth == self._record_depth:
                self.done.append(self._tree.close())
                self.count += 1
                self._record_depth = 0
        self._depth -= 1

    def taken(self) -> list[Element]:
        """The records finished since the last call."""
        done, self.done = self.done, []
        return done


def records(
    stream: BinaryIO, wanted: Iterable[str], *, roots: Iterable[str] = (), limits: Limits = Limits()
) -> Iterator[Element]:
    """Each element named in ``wanted``, as a tree of its own, in the order of the document.

    ``roots`` names the document elements that are accepted; none named means any. Text comes with entities
    of XML resolved once (``&lt;p&gt;`` becomes ``<p>``).

    Raises:
        XmlRefused: also after some records were yielded, when the damage lies behind them.
    """
    collector = _Collector(frozenset(wanted), limits)
    parser = _hardened(collector)
    accepted = frozenset(roots)
    for chunk in _chunks(stream, collector, limits):
        _feed(parser, chunk, is_last=not chunk)
        if accepted and collector.root and collector.root not in accepted:
            raise XmlRefused(f"It is a {collector.root!r} document, not {' or '.join(sorted(accepted))}.")
        yield from collector.taken()


def document(data: bytes, *, roots: Iterable[str] = (), limits: Limits = Limits()) -> Element:
    """The whole document as one tree.

    Raises:
        XmlRefused: as for ``records``.
    """
    if len(data) > limits.record_bytes:
        raise XmlRefused(f"It is larger than {limits.record_bytes:,} bytes.")
    tree = _WholeDocument(limits)
    _feed(_hardened(tree), data, is_last=True)
    root = tree.taken()[0]
    accepted = frozenset(roots)
    if accepted and root.tag not in accepted:
        raise XmlRefused(f"It is a {root.tag!r} document, not {' or '.join(sorted(accepted))}.")
    return root


class _WholeDocument(_Collector):
    """Takes the document element itself as the one record, whatever its name."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(frozenset(), limits)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.root:
            self._wanted = frozenset({_named(tag)})
        super().start(tag, attributes)


def text_of(element: Element | None) -> str:
    """All text of an element and of the mark-up within it, with white space made single."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _named(name: str) -> str:
    """A name in a namespace as ElementTree writes it: ``{namespace}name``."""
    return "{" + name if "}" in name else name


def _chunks(stream: BinaryIO, collector: _Collector, limits: Limits) -> Iterator[bytes]:
    """The bytes, the last chunk empty; counts all of them and those of the record that is open."""
    total = within = count = 0
    while chunk := stream.read(CHUNK):
        total, within = total + len(chunk), within + len(chunk)
        if total > limits.total_bytes:
            raise XmlRefused(f"It is larger than {limits.total_bytes:,} bytes.")
        yield chunk
        # A chunk in which a record ended belongs to more than one of them.
        within = within if collector.inside and collector.count == count else 0
        count = collector.count
        if within > limits.record_bytes:
            raise XmlRefused(f"One record in it is larger than {limits.record_bytes:,} bytes.")
    yield b""


def _hardened(collector: _Collector) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = _refuse_external
    parser.SkippedEntityHandler = _refuse_skipped
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _feed(parser: expat.XMLParserType, chunk: bytes, *, is_last: bool) -> None:
    try:
        parser.Parse(chunk, is_last)
    except expat.ExpatError as error:
        raise XmlRefused(f"It is not well-formed XML: {error}.") from error
    except (LookupError, UnicodeError) as error:
        raise XmlRefused(f"Its encoding cannot be read: {error}.") from error


def _refuse_entity(name: str, *_: object) -> None:
    raise XmlRefused(f"It declares an entity ({name}); documents with entities of their own are not read.")


def _refuse_external(_context: str, _base: str | None, system: str | None, _public: str | None) -> int:
    raise XmlRefused(f"It asks for an outside file ({system}).")


def _refuse_skipped(name: str, _is_parameter: bool) -> None:
    raise XmlRefused(f"It uses an entity that is not declared ({name}).")
