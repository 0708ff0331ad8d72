"""Commands of the review."""

from __future__ import annotations

from reader.ui.commands.command import GO, LIBRARY, MARK, MOVE, NOTES, REVIEW, SHOW, Command

ANSWERS = "Answering"

REVIEW_COMMANDS: tuple[Command, ...] = (
    Command(
        "review.due",
        "Review what is due",
        "V",
        "Review the notes that are due.",
        GO,
        (LIBRARY,),
        "app.review",
    ),
    Command(
        "notes.review",
        "Review these",
        "v",
        "Review the notes that are listed, or those that are selected.",
        GO,
        (NOTES,),
    ),
    Command(
        "review.again",
        "Again, or in 1 day",
        "1",
        "A note: you did not know it, it comes again in minutes. A claim: ask again in 1 day.",
        ANSWERS,
        (REVIEW,),
    ),
    Command("review.hard", "Hard", "2", "A note: you knew it with effort.", ANSWERS, (REVIEW,)),
    Command(
        "review.good",
        "Good, or in 3 days",
        "3",
        "A note: you knew it. A claim: ask again in 3 days.",
        ANSWERS,
        (REVIEW,),
    ),
    Command("review.easy", "Easy", "4", "A note: you knew it at once.", ANSWERS, (REVIEW,)),
    Command("review.week", "In 7 days", "7", "A claim: ask again in 7 days.", ANSWERS, (REVIEW,)),
    Command(
        "review.month", "In 30 days", "0", "A claim: ask again in 30 days.", ANSWERS, (REVIEW,)
    ),
    Command(
        "review.date",
        "On a day",
        "k",
        "A claim: keep it as it is, and ask again on a day that you name.",
        ANSWERS,
        (REVIEW,),
    ),
    Command(
        "review.next", "Next", "n", "Go to the next one without an answer.", ANSWERS, (REVIEW,)
    ),
    Command(
        "review.suspend",
        "Suspend",
        "x",
        "Do not ask this when it is due, until you grade it again or resume it.",
        ANSWERS,
        (REVIEW,),
    ),
    Command(
        "review.exclude",
        "Not for review",
        "minus",
        "Never ask this, whatever is reviewed, until you resume it.",
        ANSWERS,
        (REVIEW,),
    ),
    Command(
        "review.show",
        "Show the note",
        "space",
        "Show the note and the hidden words; again: hide them.",
        SHOW,
        (REVIEW,),
    ),
    Command("review.undo", "Undo", "u", "Take the last answer or change back.", MARK, (REVIEW,)),
    Command(
        "review.edit", "Edit", "e", "Edit the note, its tags and its speaker.", MARK, (REVIEW,)
    ),
    Command(
        "review.line",
        "Add to the history",
        "a",
        "Add a line with the present day to the note: whom you asked, what they answered.",
        MARK,
        (REVIEW,),
    ),
    Command(
        "review.hide",
        "Hide words",
        "c",
        "Hide words of the passage until the note is shown.",
        MARK,
        (REVIEW,),
    ),
    Command(
        "review.open",
        "Open at the passage",
        "enter",
        "Open the article at the passage; the way back leads to this card.",
        GO,
        (REVIEW,),
    ),
    Command(
        "review.other",
        "Open the other statement",
        "o",
        "Open the article at the same speaker's other statement; the way back leads to this card.",
        GO,
        (REVIEW,),
    ),
    Command("review.down", "Down", "down,j", "Scroll a long card down.", MOVE, (REVIEW,)),
    Command("review.up", "Up", "up", "Scroll a long card up.", MOVE, (REVIEW,)),
    Command("review.page.down", "Page down", "pagedown", "Scroll a page down.", MOVE, (REVIEW,)),
    Command("review.page.up", "Page up", "pageup,b", "Scroll a page up.", MOVE, (REVIEW,)),
)
