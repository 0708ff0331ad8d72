"""Pages from a real server: kept, opened again without it, and looked at for newer versions."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.core.annotation import ArticleState, PlaceState
from reader.core.citation import citation
from reader.core.document import TextRange
from reader.errors import GivenUp, SourceError
from reader.session import AnnotationRequest, LoadingArticle, Session, Watch
from reader.session.queue import AddRequest, read_list
from tests.web.server import Request, Server, running, without_proxies

TIDES = "# The tide tables\n\nThe harbour closed in March. It opened again in May.\n"
LATER = TIDES.replace("in May", "only in June") + "\nThe council met.\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    without_proxies(monkeypatch)
    with running() as server:
        yield server


def kept(session: Session, loading: LoadingArticle) -> LoadingArticle:
    """Read an opened article to its end, and wait until it is on disk."""
    for document in loading.rest:
        if document.is_complete:
            loading.open_article.reanchor(session.reanchor(loading.open_article.state, document))
    session.save_all()
    return loading


def test_a_page_is_kept_and_opened_again_without_the_server(
    session: Session, server: Server
) -> None:
    url = server.serve("/tides.md", TIDES.encode(), ETag='"1"', Last_Modified="today")
    loading = kept(session, session.open(url + "#what-followed"))
    article = loading.open_article.state.article
    assert not loading.is_copy
    assert (article.source, article.etag, article.last_modified) == (url, '"1"', "today")
    again = session.open(url + "?utm_source=letter")
    assert again.is_copy
    assert again.notice == ""
    assert again.open_article.state.article.id == article.id
    assert again.open_article.state.document.text == loading.open_article.state.document.text
    assert session.open_article(article.id).is_copy
    assert len(server.seen) == 1


def test_a_page_that_cannot_be_had_is_told_and_not_kept(session: Session, server: Server) -> None:
    with pytest.raises(SourceError, match="Page not found"):
        session.open(server.base + "/none")
    assert session.articles() == []


def test_nothing_newer_is_found_by_mark_by_bytes_or_by_text(
    session: Session, server: Server
) -> None:
    data = TIDES.encode()

    def page(request: Request) -> None:
        is_known = request.headers["If-None-Match"] == '"1"'
        request.answer(b"" if is_known else data, 304 if is_known else 200, ETag='"1"')

    marked = kept(
        session, session.open(server.behave("/marked.md", page))
    ).open_article.state.article
    assert session.check_for_update(marked) is None
    plain = kept(session, session.open(server.serve("/plain.md", data))).open_article.state.article
    assert session.check_for_update(plain) is None
    server.serve("/plain.md", data + b"\n\n")
    assert session.check_for_update(plain) is None


@pytest.mark.parametrize("data", [TIDES.encode(), TIDES.encode() + b"\n\n"])
def test_a_new_mark_of_an_unchanged_text_is_kept(
    session: Session, server: Server, data: bytes
) -> None:
    url = server.serve("/tides.md", TIDES.encode(), ETag='"1"', Last_Modified="today")
    open_article = kept(session, session.open(url)).open_article
    article = open_article.state.article
    server.serve("/tides.md", data, ETag='"2"', Last_Modified="tomorrow")
    assert session.check_for_update(article) is None
    record = session.record(article.id)
    assert record is not None
    assert (record.article.etag, record.article.last_modified) == ('"2"', "tomorrow")
    # What the open window saves from now on does not bring the old mark back.
    open_article.merge(record)
    open_article.set_position(5, 0.5)
    session.save_all()
    record = session.record(article.id)
    assert record is not None
    assert (record.article.etag, record.article.position) == ('"2"', 5)
    assert session.check_for_update(article) is None
    assert server.seen[-1].headers["If-None-Match"] == '"2"'


def test_what_a_person_wrote_about_a_page_stays_when_it_is_fetched_again(
    session: Session, server: Server
) -> None:
    url = server.serve("/tides.md", TIDES.encode(), ETag='"1"')
    article = kept(session, session.open(url)).open_article.state.article
    written = {"site": ("The Courier",), "title": ("Tides",), "accessed": ("2026-11-30",)}
    session.source_editing.edit([article.id], written)
    server.serve("/tides.md", LATER.replace("tide tables", "new tables").encode(), ETag='"2"')
    update = session.check_for_update(article)
    assert update is not None
    after = kept(session, session.open_update(article, update)).open_article.state.article
    assert (after.metadata.title, after.metadata.site) == ("Tides", "The Courier")
    assert (after.accessed, after.source_metadata.title) == ("2026-11-30", "The new tables")
    assert [each.title for each in Session(session.folder).articles()] == ["Tides"]


def test_a_text_that_was_pasted_gets_its_outlet_and_day(session: Session) -> None:
    article = kept(session, session.open_text(TIDES)).open_article.state.article
    assert article.source == ""
    written = {
        "site": ("The Courier",),
        "published": ("2026-03-14",),
        "url": ("https://courier.example/tides",),
    }
    session.source_editing.edit([article.id], written)
    again = kept(session, session.open_article(article.id)).open_article.state.article
    assert citation(again) == (
        "“The tide tables”, The Courier, 14 March 2026, https://courier.example/tides"
    )
    pasted = kept(session, session.open_text(TIDES).identified()).open_article.state.article
    assert (pasted.id, pasted.metadata) == (article.id, again.metadata)


def page(words: str) -> bytes:
    return (
        "<!DOCTYPE html><body><nav><a href='/'>Home page</a></nav><article><h1>Vessels</h1>"
        f"<p>{words * 3}</p><p>{words * 2}</p></article></body>"
    ).encode()


def test_a_whole_page_stays_whole(session: Session, server: Server) -> None:
    words = "The harbour office keeps a book of every vessel that is longer than an oar. "
    url = server.serve("/vessels", page(words), Content_Type="text/html")
    article = kept(session, session.open(url, is_whole=True)).open_article.state.article
    assert article.is_whole
    server.serve("/vessels", page(words) + b"\n", Content_Type="text/html")
    assert session.check_for_update(article) is None
    changed = page(words.replace("an oar", "two oars"))
    server.serve("/vessels", changed, Content_Type="text/html")
    found = session.check_for_update(article)
    assert found is not None
    newer = kept(session, session.open_update(article, found)).open_article.state
    assert newer.article.is_whole
    assert "Home page" in newer.document.text
    assert "two oars" in newer.document.text


def test_an_unchanged_page_with_another_mark_keeps_that(session: Session, server: Server) -> None:
    def page(request: Request) -> None:
        is_known = request.headers["If-None-Match"] is not None
        marks = {"ETag": '"2"'} if is_known else {"ETag": '"1"', "Last_Modified": "today"}
        request.answer(b"" if is_known else TIDES.encode(), 304 if is_known else 200, **marks)

    opened = kept(
        session, session.open(server.behave("/tides.md", page))
    ).open_article.state.article
    assert session.check_for_update(opened) is None
    record = session.record(opened.id)
    assert record is not None
    assert (record.article.etag, record.article.last_modified) == ('"2"', "today")
    assert record.article.source_digest == opened.source_digest
    assert session.check_for_update(opened) is None
    assert server.seen[-1].headers["If-None-Match"] == '"2"'


WORDS = "The harbour office keeps a book of every vessel that is longer than an oar. "


def test_a_whole_page_goes_back_to_its_article_with_its_notes(
    session: Session, server: Server
) -> None:
    url = server.serve("/vessels", page(WORDS), Content_Type="text/html")
    open_article = kept(session, session.open(url, is_whole=True)).open_article
    start = open_article.state.document.text.index("keeps a book")
    _, made = open_article.mark(TextRange(start, start + 12), ["claim"])
    state = kept(
        session, session.reload(open_article.state.article, is_whole=False)
    ).open_article.state
    assert "Home page" not in state.document.text
    assert (state.article.id, state.article.is_whole) == (open_article.state.article.id, False)
    assert state.document.quote(state.by_id[made.id].range) == "keeps a book"
    for is_whole in (True, False, True):
        state = kept(session, session.open(url, is_whole=is_whole)).open_article.state
        assert state.article.is_whole == is_whole
        assert ("Home page" in state.document.text) == is_whole
        assert state.document.quote(state.by_id[made.id].range) == "keeps a book"
    server.shutdown()
    server.server_close()
    assert "Home page" in session.open(url, is_whole=True).open_article.state.document.text
    assert "Home page" in session.open(url).open_article.state.document.text


def test_a_visited_page_is_read_whole_and_is_asked_about_without_being_kept(
    session: Session, server: Server
) -> None:
    url = server.serve("/vessels", page(WORDS), Content_Type="text/html")
    article = kept(session, session.visit(url)).open_article.state.article
    assert session.check_for_update(article) is None
    whole = kept(session, session.reload(article, is_whole=True)).open_article.state
    assert "Home page" in whole.document.text
    changed = page(WORDS.replace("an oar", "two oars"))
    server.serve("/vessels", changed, Content_Type="text/html")
    found = session.check_for_update(whole.article)
    assert found is not None
    newer = kept(session, session.open_update(whole.article, found)).open_article.state
    assert "two oars" in newer.document.text
    assert session.articles() == []


def test_a_newer_version_is_offered_and_carries_the_notes_over(
    session: Session, server: Server
) -> None:
    url = server.serve("/tides.md", TIDES.encode(), ETag='"1"')
    open_article = kept(session, session.open(url)).open_article
    start = open_article.state.document.text.index("It opened")
    _, made = open_article.mark(TextRange(start, start + 23), ["claim"])
    server.serve("/tides.md", LATER.encode(), ETag='"2"')
    found = session.check_for_update(open_article.state.article)
    assert found is not None
    assert "June" not in session.open(url).open_article.state.document.text
    newer = kept(session, session.open_update(open_article.state.article, found)).open_article.state
    assert newer.article.id == open_article.state.article.id
    assert newer.article.etag == '"2"'
    assert "only in June" in newer.document.text
    assert newer.by_id[made.id].place.state is PlaceState.EDITED
    assert "only in June" in session.open(url).open_article.state.document.text


def test_without_a_network_there_is_the_copy(session: Session, server: Server) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    article = kept(session, session.open(url)).open_article.state.article
    server.shutdown()
    server.server_close()
    told: list[str] = []
    assert "harbour" in session.read(url, tell=told.append).text
    assert told == [f"Server does not answer: this is the library's copy of {url}."]
    with pytest.raises(SourceError):
        session.read(server.base + "/other")
    assert "harbour" in session.open(url).open_article.state.document.text
    with pytest.raises(SourceError, match="does not answer"):
        session.check_for_update(article)


def test_a_lost_copy_is_fetched_anew(session: Session, server: Server) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    article = kept(session, session.open(url)).open_article.state.article
    for path in (session.folder / "snapshots").rglob("*.json.gz"):
        path.write_bytes(b"broken")
    loading = session.open(url)
    assert loading.open_article.state.article.id == article.id
    assert not loading.is_copy


def test_a_fetch_can_be_given_up(session: Session, server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"x", Content_Length="1000")
        server.drip(request, b"x" * 100)

    with pytest.raises(GivenUp):
        session.open(server.behave("/", page), Watch(cancelled=lambda: True))


def test_no_other_scheme_is_opened(session: Session) -> None:
    for source in ("ftp://host/file", "file:///etc/passwd", "gopher://host"):
        with pytest.raises(SourceError, match="Cannot open this address"):
            session.open(source)


def test_a_page_is_annotated_and_read_from_the_shell(session: Session, server: Server) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    _, article = session.annotate(url, AnnotationRequest("It opened again in May."))
    assert article.source == url
    assert "harbour" in session.read(url).text


RUSSIAN = "Гавань закрыли в марте, и в мае она открылась снова. "


def test_a_web_page_is_read_in_the_encoding_of_its_header(session: Session, server: Server) -> None:
    paragraph = f"<p>{RUSSIAN * 5}<a href='../law'>закон</a>.</p>"
    html = (
        f"<html><head><title>Гавань</title></head><body><article>{paragraph * 6}</article></body>"
    )
    server.serve("/b/harbour", html.encode("koi8-r"), Content_Type="text/html; charset=koi8-r")
    server.serve("/short", b"", 302, Location="/b/harbour")
    state = kept(session, session.open(server.base + "/short")).open_article.state
    assert RUSSIAN.strip() in state.document.text
    assert {each.target for each in state.document.spans if each.target} == {server.base + "/law"}
    # The page that a shortened address led to is the same article under its own address.
    assert (
        session.open(server.base + "/b/harbour").open_article.state.article.id == state.article.id
    )


def test_what_is_no_text_is_told_whatever_the_server_calls_it(
    session: Session, server: Server
) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    with pytest.raises(SourceError):
        session.open(server.serve("/a.html", picture, Content_Type="text/html; charset=utf-8"))
    plain = server.serve("/b.png", TIDES.encode(), Content_Type="image/png")
    assert "harbour" in session.open(plain).open_article.state.document.text


def test_a_page_behind_a_wall_is_told(session: Session, server: Server) -> None:
    with pytest.raises(SourceError, match="Log-in needed"):
        session.open(server.serve("/", b"<p>Subscribe!</p>", 403, Content_Type="text/html"))


# Adding without reading


def test_many_are_added_and_each_failure_is_told(session: Session, server: Server) -> None:
    urls = [
        server.serve(f"/{number}.md", f"# Article {number}\n\nText {number}.".encode())
        for number in range(9)
    ]
    asked = [*urls, server.base + "/none", urls[0] + "#again", "no-such-file.txt"]
    done = list(session.queue.add_all(map(AddRequest, asked)))
    assert sorted(each.title for each in done if each.is_new) == [
        f"Article {number}" for number in range(9)
    ]
    failed = {each.source: each.error for each in done if each.error}
    assert set(failed) == {server.base + "/none", "no-such-file.txt"}
    assert len(done) == 11
    states = {each.state for each in session.articles()}
    assert states == {ArticleState.UNREAD}
    seen = len(server.seen)
    (known,) = session.queue.add_all([AddRequest(urls[3])])
    assert (known.is_new, known.title, known.error) == (False, "Article 3", None)
    assert len(server.seen) == seen


def test_what_was_added_opens_without_the_server_and_is_being_read(
    session: Session, server: Server
) -> None:
    urls = [server.serve(f"/{name}.md", f"# {name}\n\nText of {name}.".encode()) for name in "abc"]
    wanted = [AddRequest(url, f"2026-01-0{3 - n}T00:00:00.000Z") for n, url in enumerate(urls)]
    added = list(session.queue.add_all(wanted))
    assert [(each.error, each.is_new) for each in added] == [(None, True)] * 3
    server.shutdown()
    server.server_close()
    for title in "cba":
        article = session.queue.next_unread()
        assert article is not None
        assert article.title == title
        loading = kept(session, session.open_article(article.id))
        loading.open_article.begin_reading()
        session.save_all()
        assert loading.open_article.state.article.state is ArticleState.READING
    assert session.queue.next_unread() is None


def test_adding_can_be_given_up(session: Session, server: Server) -> None:
    server.behave("/slow", lambda request: server.drip(request, b"HTTP/1.1 200 OK\r\n" * 99))
    good = server.serve("/good.md", TIDES.encode())
    slow = [AddRequest(f"{server.base}/slow?{number}") for number in range(20)]
    is_over = threading.Event()
    done = []
    for each in session.queue.add_all([AddRequest(good), *slow], cancelled=is_over.is_set):
        done.append(each)
        is_over.set()
    assert [each.source for each in done] == [good]


def test_a_name_that_no_file_can_have_is_told_and_the_others_are_kept(
    session: Session, tmp_path: Path
) -> None:
    good = tmp_path / "good.md"
    good.write_text(TIDES, encoding="utf-8")
    wanted = [AddRequest("/tmp/a\0b"), AddRequest(str(good)), AddRequest("/tmp/a\0b")]
    done = {each.source: each.error for each in session.queue.add_all(wanted)}
    assert done[str(good)] is None
    error = done["/tmp/a\0b"]
    assert error is not None
    assert "zero byte" in error.message


def test_a_file_that_is_given_up_while_it_is_read_is_not_kept(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "tides.md"
    path.write_text(TIDES, encoding="utf-8")
    with pytest.raises(GivenUp):
        session.open(str(path), Watch(cancelled=lambda: True))
    session.save_all()
    assert session.articles() == []


def test_where_a_person_puts_an_article_holds_until_it_is_opened(
    session: Session, server: Server
) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    article = kept(session, session.open(url)).open_article.state.article
    assert session.queue.set_state(article.id, ArticleState.ARCHIVED) is None
    assert session.queue.next_unread() is None
    (listed,) = session.articles()
    assert listed.state is ArticleState.ARCHIVED
    assert (
        kept(session, session.open(url)).open_article.state.article.state is ArticleState.ARCHIVED
    )
    assert session.queue.set_state(article.id, ArticleState.UNREAD) is ArticleState.ARCHIVED
    unread = session.queue.next_unread()
    assert unread is not None
    kept(session, session.open_article(article.id)).open_article.begin_reading()
    session.save_all()
    (listed,) = Session(session.folder).articles()
    assert listed.state is ArticleState.READING


def test_a_list_is_read_with_what_it_says_of_each(tmp_path: Path) -> None:
    path = tmp_path / "pocket.csv"
    path.write_text(
        "title,url,time_added,tags,status\nA,https://a.example/,1700000000,sea,archive\n"
    )
    assert read_list(str(path)).requests == [
        AddRequest("https://a.example/", "2023-11-14T22:13:20.000Z", ("sea",), True)
    ]
    path.write_text("url,title\nhttps://a.example/,A\nplace:sort,B\n")
    assert read_list(str(path)).remarks == ("Left out: 1 article without a web address.",)
    path.write_text("nothing to see")
    with pytest.raises(SourceError, match="Nothing to add"):
        read_list(str(path))


def test_an_article_that_its_list_holds_is_kept_without_the_network(
    session: Session, server: Server, tmp_path: Path
) -> None:
    gone = server.base + "/gone"
    there = server.serve("/there.md", TIDES.encode())
    records = [
        {
            "slug": "tides",
            "url": gone,
            "title": "The \x1b[1mtide tables",
            "author": "A. Author",
            "publishedAt": "2023-04-01T00:00:00.000Z",
            "savedAt": "2023-11-14T22:13:20.000Z",
            "labels": ["sea"],
            "state": "Archived",
        },
        {"slug": "empty", "url": there, "title": "Another"},
    ]
    page = '<div class="page"><p>The harbour closed.</p><p><a href="law">Law</a></p></div>'
    path = tmp_path / "omnivore.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("metadata_0_to_20.json", json.dumps(records))
        file.writestr("content/tides.html", page)
        file.writestr("content/empty.html", "")
    done = {each.source: each for each in session.queue.add_all(read_list(str(path)).requests)}
    assert [each.error for each in done.values()] == [None, None]
    assert [each.path for each in server.seen] == ["/there.md"]
    assert done[there].title == "The tide tables"
    server.shutdown()
    server.server_close()
    loading = session.open(gone)
    article, document = loading.open_article.state.article, loading.open_article.state.document
    assert document.text == "The harbour closed.\nLaw"
    assert document.spans[0].target == server.base + "/law"
    assert article.metadata.title == "The tide tables"
    assert article.metadata.authors == ("A. Author",)
    assert article.metadata.published.startswith("2023-04-01")
    assert (article.state, article.tags) == (ArticleState.ARCHIVED, ("sea",))
    assert article.added == "2023-11-14T22:13:20.000Z"


def test_a_saved_copy_of_a_page_leaves_it_a_page(
    session: Session, server: Server, tmp_path: Path
) -> None:
    url = server.serve("/tides.md", TIDES.encode(), ETag='"1"')
    known = kept(session, session.open(url)).open_article.state.article
    saved = tmp_path / "saved.md"
    saved.write_text(TIDES, encoding="utf-8")
    article = kept(session, session.open(str(saved))).open_article.state.article
    assert (article.id, article.source, article.etag) == (known.id, url, '"1"')
    server.serve("/tides.md", LATER.encode(), ETag='"2"')
    assert session.check_for_update(session.open(url).open_article.state.article) is not None


def test_a_link_to_the_text_of_a_file_leaves_it_a_file(
    session: Session, server: Server, tmp_path: Path
) -> None:
    local = tmp_path / "tides.md"
    local.write_text(TIDES, encoding="utf-8")
    known = kept(session, session.open(str(local))).open_article.state.article
    article = kept(session, session.visit(server.serve("/tides.md", TIDES.encode())))
    assert article.open_article.state.article.id == known.id
    (listed,) = session.articles()
    assert listed.source == str(local)
    local.unlink()
    kept(session, session.open(server.base + "/tides.md"))
    assert session.articles()[0].source == server.base + "/tides.md"
