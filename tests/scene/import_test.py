#!/usr/bin/env python3
"""Importing from the screen: the lists of other readers at the first start, a file by the prompt."""
import os

from scene import Screen, Server, need, play


def write(home, name, text):
    path = os.path.join(home.path, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def private(home):
    home.write("config", "[refresh]\nprivate-addresses = yes\n")


def welcome(home):
    """The box is ticked, says how many, and Enter reads what was found."""
    server = Server()
    try:
        private(home)
        home.write("catalogue", "# English\nen\tSample\tTirta\thttps://tirta.example/rss.xml\t\t\n")
        write(home, ".config/newsboat/urls", f"{server.address}/nusa.example/rss/terkini.xml \"~NUSA\"\n"
              f"{server.address}/meridian.example/feeds/world.atom\nexec:touch {home.path}/PWNED\n")
        screen = Screen(home)
        screen.expect("[x] Import 2 feeds found in another reader")
        screen.expect("An import chosen")
        screen.expect("O  import an OPML file")
        assert not os.path.exists(home.config("feeds"))
        screen.keys("Enter")
        screen.expect("unread of 37")
        with open(home.config("feeds"), encoding="utf-8") as f:
            text = f.read()
        assert '"NUSA"' in text and "world.atom" in text and "touch" not in text and "tirta" not in text, text
        assert not os.path.exists(os.path.join(home.path, "PWNED"))
        screen.keys("Q")
        assert screen.status() == "0"
    finally:
        server.stop()


def left_out(home):
    """Without the tick nothing is imported; what cannot be read makes no box."""
    home.write("catalogue", "# English\nen\tSample\tTirta\thttps://tirta.example/rss.xml\ten\t\n")
    write(home, ".newsboat/urls", "https://a.example/\n")
    screen = Screen(home, "--offline")
    screen.expect("[x] Import the feed found in another reader")
    screen.expect("1 feed and an import chosen")
    screen.keys("j", "Space")
    screen.expect("1 feed chosen")
    screen.keys("Enter")
    screen.expect("All stories")
    with open(home.config("feeds"), encoding="utf-8") as f:
        assert "https://a.example" not in f.read()
    screen.keys("Q")
    assert screen.status() == "0"


def prompt(home):
    """`O` in the feeds view: Tab completes, the answer is told, what was left out is in the log."""
    home.write("feeds", "https://b.example/ \"B\"\n")
    write(home, "lists/My feeds.opml", "<opml><body><outline text='Dunia'><outline text='Alpha feed' "
          "xmlUrl='https://a.example/'/></outline><outline text='b' xmlUrl='http://www.b.example/'/>"
          "<outline text='c' xmlUrl='file:///etc/passwd'/></body></opml>")
    screen = Screen(home, "--offline")
    screen.expect("All stories")
    screen.keys("g", "f")
    screen.expect("1 feed")
    screen.keys("O")
    screen.expect("Import from file: ~/")
    screen.type("li")
    screen.keys("Tab")
    screen.expect("~/lists/")
    screen.keys("Tab")
    screen.expect("~/lists/My feeds.opml")
    screen.keys("Enter")
    screen.expect("Imported: 1. Already there: 1. Left out: 1.")
    screen.expect("Alpha feed")
    screen.keys("g", "l")
    screen.expect("file:///etc/passwd")
    screen.keys("q")
    screen.keys(":")
    screen.type("import")
    screen.keys("Enter")
    screen.expect("Import from file: ~/")
    screen.type("none")
    screen.keys("Enter")
    screen.expect("cannot open")
    screen.keys("Q")
    assert screen.status() == "0"


if __name__ == "__main__":
    need("tmux")
    play(welcome, left_out, prompt)
