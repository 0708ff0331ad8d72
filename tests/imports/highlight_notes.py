"""Notes in Markdown in the forms that programs write them, about invented matters."""

READWISE = """\
---
author: [[Ida Moor]]
title: "The Quiet Harbour"
tags:\x20
- articles
- literature-note
---
# The Quiet Harbour

![rw-book-cover](https://a.example/x.png)

## Metadata
- Author: [[Ida Moor]]
- Full Title: The Quiet Harbour
- Category: #articles
- URL: https://harbour.example/quiet

## Highlights
- **Forty ships** came, as [the office](https://x.example) said. ([View Highlight](https://read.readwise.io/read/01gyvt3qvbgw4drp9w9971br8y))
    - Tags: [[blue]] [[two words]]
    - Note: Who counted?
      And when?
- Nobody was asked. ([Location 305](https://readwise.io/to_kindle?action=open&asin=B01&location=305))
- A third one without a place
## New highlights added May 2, 2026 at 9:00 AM
- (Ships left.) ([Page 5](https://x.example))
- Ships left again. (p. 12)
    - **Note:** Hm.
"""

ZOTERO = """\
# Annotations \x20
(12/3/2025, 3:45:06 PM)

“Forty ships were counted” ([Moor and Lind, 2020, p. 45](zotero://select/library/items/IJGQ3J8A)) ([pdf](zotero://open-pdf/library/items/VGHZA9HX?page=69&annotation=537H37EL)) Is that so?

“Nobody was asked” ([Moor and Lind, 2020, p. 46](zotero://select/library/items/IJGQ3J8A)) ([pdf](zotero://open-pdf/library/items/VGHZA9HX?page=70&annotation=537H37EM))
"""

LOGSEQ = """\
file:: [The_Quiet_Harbour_1672928773587_0.pdf](../assets/The_Quiet_Harbour_1672928773587_0.pdf)
file-path:: ../assets/The_Quiet_Harbour_1672928773587_0.pdf

- Forty ships were counted in the first week.
  ls-type:: annotation
  hl-page:: 4
  hl-color:: yellow
  id:: 64b2e0b5-8223-486e-9e65-3b4b07cd2687
  hl-stamp:: 1689444536158
\t- Who counted them?
\t- And why?
\t\t- A deeper thought
- [:span]
  ls-type:: annotation
  hl-page:: 4
  hl-type:: area
- # A heading
  hl-page:: 5
  ls-type:: annotation
  id:: 64b2e0b5-8223-486e-9e65-3b4b07cd2688
"""

LOGSEQ_READWISE = """\
title:: The Quiet Harbour (highlights)
author:: [[Ida Moor]]
full-title:: "The Quiet Harbour"
category:: #articles
url:: https://harbour.example/quiet
tags:: #[[favorite]] #[[swift]]

- Highlights first synced by [[Readwise]] [[Apr 20th, 2024]]
\t- Forty ships
\t \x20
\t  were counted. ([View Highlight](https://read.readwise.io/read/01hvx0vd0aswp9vcdeq3c60twf)) #Highlight #[[2023-10-25]]
\t\t- **Note**: Thread
\t\t- **Tags**: #[[blue]]
\t- Nobody was asked.
"""

KINDLE = """\
---
kindle-sync:
  bookId: "58465"
  title: "The Quiet Harbour: A History"
  author: Ida Moor
  asin: B07X7S1JMB
---
# The Quiet Harbour

## Metadata

- Author: [Ida Moor](https://www.amazon.comundefined)
- [Kindle link](kindle://book?action=open&asin=B07X7S1JMB)

## Highlights

Forty ships were counted. — location: [926](kindle://book?action=open&asin=B07X7S1JMB&location=926) ^ref-33602

My own thought about it.

### Chapter 1: The Big Picture

> Nobody was asked.

**Highlight** (==🟣pink==) - location: [259](kindle://book?action=open&asin=B01N5AX61W&location=259) ^ref-5675

---
"""

HYPOTHESIS = """\
---
doc_type: hypothesis-highlights
url: 'https://harbour.example/quiet'
---

# The Quiet Harbour

## Metadata
- Author: [harbour.example]()
- Title: The Quiet Harbour
- Reference: https://harbour.example/quiet
- Category: #article

## Page Notes
All of it is dull.
## Highlights
- Forty ships. — [Updated on 2022-11-28 15:39:07](https://hyp.is/vZIMBm7vEe2dM1Pvr-6B4Q/harbour.example/quiet) — Group: #Public
    - Tags: #ships #[[two words]]
    - Annotation: Who counted?

- No one asked. — [Updated on 2022-11-28 15:39:22](https://hyp.is/xrwOlG7vEe2Xys88_FJyKw/harbour.example/quiet) — Group: #Public
"""

ZOTERO_INTEGRATION = """\
---
title: The Quiet Harbour
authors: Ida Moor, Bo Lind
---
%% begin annotations %%

> [!annotation-red] Highlight
>Forty ships are assumed:(p. [5](zotero://open-pdf/library/items/V2M9YNV7?page=5&annotation=MS9XXLBT))>
> **comment:**
> Surely not.
> [[2024-05-20#22:57]]

^344201

<mark class="hltr hltr-purple">"Nobody was asked"</mark> [Page 4](zotero://open-pdf/library/items/5PCHB4TI?page=4&annotation=AUFKX5WP)

<mark style="background: #5fb236">Ships left.</mark> [(p. 2)](zotero://open-pdf/library/items/9JANQWV5?page=2)
%% end annotations %%
%% Import Date: 2024-05-20T23:00:08.967+09:00 %%
"""

BY_HAND = """\
# The Quiet Harbour

Source: https://harbour.example/quiet

> [!quote] Ida Moor, p. 7
> Forty ships
> were counted.

Who counted?

- in port
- at sea

> Nobody was ==asked==.
> — Ida Moor ^abc

Text with ==marked words== in it and ==others==.

## Thoughts

Mine.
"""

OMNIVORE = """\
---
id: 0d675a7b
title: "The Quiet Harbour"
author: Ida Moor
tags:
  - RSS
date_published: 2024-06-11 00:00:00
---

# The Quiet Harbour
#Omnivore

[Read on Omnivore](https://omnivore.app/me/the-quiet-harbour-19009df9940)
[Read Original](https://harbour.example/quiet)

## Highlights

> Forty ships were counted. [⤴️](https://omnivore.app/me/the-quiet-harbour-19009df9940#0d675a7b-7b3e-4f6e-a271-14cfd10202ed) #ships ^0d675a7b

Who counted?

> Nobody was asked. [⤴️](https://omnivore.app/me/the-quiet-harbour-19009df9940#0d675a7b-7b3e-4f6e-a271-14cfd10202ee)  ^0d675a7c
"""

RAINDROP = """\
---
raindrop_id: 499465274
---
# Metadata
Source URL:: https://harbour.example/quiet
Topics:: #sea, #two-words

---
# The Quiet Harbour

What the page says of itself

## Highlights

> [!quote]+ Updated on 2026/01/10 17:17:19
>
> Forty ships came
> and went.
> > Who counted?

> [!info]+ Updated on 2026/01/10 17:18:19
>
> Nobody was asked.

"""
"""A note of Raindrop Highlights, in the form of its default template."""

KINDLE_QUOTES = """\
---
kindle-sync:
  bookId: "17221"
  title: >-
    How to Count Ships: A practical guide to counting, weighing,
    and writing down ships
  author: "Von: Ida Moor und Bo Lind"
  asin: B0BVZX4JHS
---

# How to Count Ships

## Metadata

- Author: [Ida Moor und Bo Lind](https://www.amazon.comundefined)
- [Kindle link](kindle://book?action=open&asin=B0BVZX4JHS)

## Highlights

> Forty ships were counted, ^ref-6465
>
> > — location: [499](kindle://book?action=open&asin=B0BVZX4JHS&location=499)

Who counted?

---

> Nobody was asked. ^ref-6466
>
> > — location: [500](kindle://book?action=open&asin=B0BVZX4JHS&location=500)

---
"""
"""A note of Kindle Highlights whose template quotes."""

KINDLE_HEADINGS = """\
---
kindle-sync:
  title: The Quiet Harbour
  author: Ida Moor
---
# The Quiet Harbour

## Metadata

| Syntax | Description |
| ---------- | ---------- |
| **Tags** | #Kindle #books |

---

## Highlight

Forty ships were counted. ^ref-64014
- Location: [260](kindle://book?action=open&asin=B0064CZ1XE&location=260)

---
## Highlight

Nobody was asked. ^ref-24032
- Location: [279](kindle://book?action=open&asin=B0064CZ1XE&location=279)

### Note
Who would?

Not I.

---
"""
"""A note of the same program whose template has a heading for each passage and each note."""

READWISE_MIRROR = """\
%%
ID: 6528513
Updated: 2021-05-13
%%
![](https://readwise-assets.s3.amazonaws.com/static/images/article2.png)

# About
Title: [[Readwise/Articles/The Quiet Harbour]]
Author: [[Ida Moor]]
Category: #articles
Number of Highlights: ==3==
Last Highlighted: *2020-12-03*
Readwise URL: https://readwise.io/bookreview/6528513
Source URL: https://harbour.example/quiet


# Highlights\x20
Forty ships: they came.  ^116204046

**Note: Who ==> counted**

---

Nobody was asked,

not even once  ^113319195

---

Ships left. ([305](https://readwise.io/to_kindle?action=open&asin=B01&location=305)) %% Color: blue %% ^113319196

Note: When?

Tags: #blue #old

---
"""
"""A note of Readwise Mirror, in the form of its default template."""

ZOTERO_LINKED = """\
# Annotations\x20\x20
(5/10/2026, 6:59:51 PM)

[“Forty ships came”](zotero://open-pdf/library/items/8SU8CCQA?page=1&annotation=EZFZEMQV) ([Moor, 2020, p. 3](zotero://select/library/items/IJGQ3J8A)) Who counted?

<mark style="background-color: #ff666680">[“Nobody was asked”](zotero://open-pdf/library/items/8SU8CCQA?page=2&annotation=WD3P2JKD)</mark> ([Moor, 2020, p. 4](zotero://select/library/items/IJGQ3J8A))

([Moor, 2020, p. 5](zotero://select/library/items/IJGQ3J8A)) ([pdf](zotero://open-pdf/library/items/8SU8CCQA?page=3&annotation=WD3P2JKY)) On the page

![\\[image\\]](attachments/ABC.png)\x20\x20
([Moor, 2020, p. 6](zotero://select/library/items/IJGQ3J8A)) ([pdf](zotero://open-pdf/library/items/8SU8CCQA?page=4&annotation=WD3P2JKZ)) Of the picture
"""
"""A note of Zotero in which each passage is the link to its annotation."""

ZOTERO_CALLOUTS = """\
---
title: The Quiet Harbour
---
> [!Cite]
> Moor, I. (2020). _The Quiet Harbour_.

> [!Abstract]
> What it is about.

## Annotations

> [!quote|#ffd400] Highlight
> Forty ships
> [(p. 5)](zotero://open-pdf/library/items/8SU8CCQA?page=5&annotation=AAAAAAA3)

*“Nobody was asked” [(p. 6)](zotero://open-pdf/library/items/8SU8CCQA?page=6&annotation=AAAAAAA4)*
"""
"""A note of a template for Zotero, with the bibliography in a callout."""
