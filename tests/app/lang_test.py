#!/usr/bin/env python3
"""Prove a catalogue complete: every sentence of the interface once, nothing else, all of it fitting.

    lang_test.py SRCDIR CATALOGUE.po [--missing]

The sentences are those of the tables (words.def, command.def, verb.def) and the literals that the
screens give to the functions below.  --missing prints what is missing as entries to be filled in.
"""
import glob
import os
import re
import sys
import unicodedata

# function: which argument is a sentence.  What is no literal there is a sentence of elsewhere.
SPEAKERS = {
    'words_say': 1, 'language_format': 1, 'desk_say': 2, 'desk_prompt': 2, 'text_screen_new': 2,
    'text_add_pair': 3, 'SAID_LATER': 0,
}
# Columns that a sentence may take.  Help stands behind the keys in a view of 80 columns, a message
# is one line of it, a group is a caption.  A translation may always be as wide as the English.
HELP_COLS, LINE_COLS, GROUP_COLS = 60, 78, 20
# Behind the names that `kawat --help` lists.
VERB_COLS, FLAG_COLS = 67, 51
SCREEN_COLS = 80

# A screen shows as many of its hints as fit; at least these must, in every language.
MIN_HINTS = 5

HINT_ROW = re.compile(r'\{(COMMAND_\w+), "((?:[^"\\]|\\.)*)"\}')
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
PRINTF = re.compile(r'%(?:\d+\$)?[-+ 0#]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|j|z|t)?[diouxXeEfgGcs%]')
ESCAPES = {'n': '\n', 't': '\t', '"': '"', '\\': '\\', 'a': '\a'}


def unescape(text):
    return re.sub(r'\\(.)', lambda m: ESCAPES.get(m[1], m[0]), text)


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


# --- what the program says ------------------------------------------------------------------------

def without_comments(source):
    return re.sub(r'/\*.*?\*/|("(?:[^"\\]|\\.)*")', lambda m: m[1] or ' ', source, flags=re.S)


def rows(source, macro):
    """The string arguments of MACRO(...) rows; adjacent literals are one."""
    for row in re.finditer(rf'^{macro}\(((?:[^"()]|"(?:[^"\\]|\\.)*")*)\)', source, re.M):
        yield row[1], [unescape(text) for text in LITERAL.findall(row[1])]


def arguments(source, at):
    """Split the arguments of a call whose '(' is at `at`, and give the raw text of each."""
    depth, start, out = 0, at + 1, []
    i = at
    while i < len(source):
        c = source[i]
        if c == '"':
            i = LITERAL.match(source, i).end()
            continue
        if c == "'":
            i = source.index("'", i + (3 if source[i + 1] == '\\' else 2)) + 1
            continue
        if c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
            if depth == 0:
                return out + [source[start:i]]
        elif c == ',' and depth == 1:
            out.append(source[start:i])
            start = i + 1
        i += 1
    return out


def sentences_of(argument):
    """The literals of an argument; adjacent ones are one, those of `a ? "x" : "y"` are two."""
    for run in re.finditer(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*', argument):
        yield ''.join(unescape(text) for text in LITERAL.findall(run[0]))


def says_something(text):
    return re.search(r'[^\W\d_]{2}', PRINTF.sub('', text)) is not None


def fault_forms(srcdir):
    """What may go wrong elsewhere, known by its form."""
    return [texts[0] for name in ('fault', 'fault_usage')
            for _, texts in rows(without_comments(read(f'{srcdir}/src/view/{name}.def')), 'FAULT')]


def collect(srcdir):
    """{english: (where, columns allowed, plural or None)}"""
    said = {}

    def add(text, where, cols, many=None):
        if text and text not in said:
            said[text] = (where, cols, many)

    words = without_comments(read(f'{srcdir}/src/view/words.def'))
    for _, texts in rows(words, 'WORD'):
        add(texts[0], 'words.def', LINE_COLS)
    for _, texts in rows(words, 'PLURAL'):
        add(texts[0], 'words.def', LINE_COLS, texts[1])
    for _, texts in rows(without_comments(read(f'{srcdir}/src/app/command.def')), 'COMMAND'):
        name, keys, group, text = texts
        add(text, f'help of {name}', HELP_COLS)
        add(group, 'group', GROUP_COLS)
    for text in fault_forms(srcdir):
        add(text, 'fault.def', LINE_COLS)
    options = without_comments(read(f'{srcdir}/src/app/verb.def'))
    for _, texts in rows(options, 'VERB'):
        add(texts[-1], 'verb.def', VERB_COLS)
    for _, texts in rows(options, 'FLAG'):
        add(texts[-1], 'verb.def', FLAG_COLS)
    for path in sorted(glob.glob(f'{srcdir}/src/app/*.c') + glob.glob(f'{srcdir}/src/view/*.c')):
        source = without_comments(read(path))
        name = os.path.basename(path)
        for call in re.finditer(r'\b(' + '|'.join(SPEAKERS) + r')\(', source):
            args = arguments(source, call.end() - 1)
            if len(args) > SPEAKERS[call[1]]:
                for text in sentences_of(args[SPEAKERS[call[1]]]):
                    if says_something(text):
                        add(text, name, LINE_COLS)
        for label in HINT_ROW.findall(source):
            add(unescape(label[1]), name + ', hint', GROUP_COLS)
        for label in re.findall(r'\{("(?:[^"\\]|\\.)*"), s\.\w+\}', source if 'screen' in name else ''):
            add(unescape(label[1:-1]), name, GROUP_COLS)
    return said


# --- what the catalogue says ----------------------------------------------------------------------

def read_catalogue(path):
    """[(english, plural or None, [translations], fuzzy)] without the head; obsolete ones too."""
    entries, fault = [], None
    for block in re.split(r'\n\s*\n', read(path)):
        fields, current, fuzzy = {}, None, False
        for line in block.splitlines():
            if line.startswith('#~'):
                fault = f'an obsolete entry: {line}'
            elif line.startswith('#'):
                fuzzy = fuzzy or line.startswith('#,') and 'fuzzy' in line
            else:
                head = re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?)\s+', line)
                if head:
                    current = head[1]
                    fields[current] = ''
                fields[current] += unescape(LITERAL.search(line)[1])
        if fields.get('msgid'):
            entries.append((fields['msgid'], fields.get('msgid_plural'),
                            [text for key, text in sorted(fields.items()) if key.startswith('msgstr')], fuzzy))
    return entries, fault


def placeholders(text):
    """%1 to %9, and printf's in the order of its arguments."""
    if re.search(r'%[1-9](?!\$)', text):
        return sorted(re.findall(r'%[1-9]', text))
    found = [d for d in PRINTF.findall(text) if d != '%%']
    numbered = [re.match(r'%(\d+)\$', d) for d in found]
    if any(numbered):
        found = [re.sub(r'\d+\$', '', d) for _, d in
                 sorted((int(m[1]) if m else 0, d) for m, d in zip(numbered, found))]
    return found


def white_ends(text):
    return text[:len(text) - len(text.lstrip())], text[len(text.rstrip()):]


def check_entry(english, translation, cols):
    if not translation:
        return 'not translated'
    if placeholders(english) != placeholders(translation):
        return f'other placeholders: {translation}'
    if white_ends(english) != white_ends(translation):
        return f'other white space at an end: {translation!r}'
    if ('\n' in translation) != ('\n' in english):
        return f'other lines: {translation!r}'
    if (english[-1] in '.…:') != (translation[-1] in '.…:'):
        return f'another end: {translation}'
    allowed = max(cols, columns(english))
    if columns(translation) > allowed:
        return f'{columns(translation)} columns, {allowed} are allowed: {translation}'
    return None


def check_catalogue(said, entries):
    faults, seen = [], {}
    for english, plural, translations, fuzzy in entries:
        if english in seen:
            faults.append(f'"{english}": twice')
        seen[english] = translations[0] if translations else ''
        if english not in said:
            faults.append(f'"{english}": nobody says it any more')
            continue
        where, cols, many = said[english]
        if fuzzy:
            faults.append(f'"{english}" ({where}): marked fuzzy')
        if plural != many:
            faults.append(f'"{english}" ({where}): its plural is {many!r}, not {plural!r}')
        for translation in translations or ['']:
            fault = check_entry(english, translation, cols)
            if fault:
                faults.append(f'"{english}" ({where}): {fault}')
    missing = [english for english in said if english not in seen]
    return faults, missing, seen


# --- hint lines -----------------------------------------------------------------------------------

def check_hints(srcdir, translations):
    """The first hints of every screen and the last in one line of 80 columns, in both languages."""
    labels, helps, keys, faults = {}, {}, {}, []
    for line, texts in rows(without_comments(read(f'{srcdir}/src/app/command.def')), 'COMMAND'):
        command = 'COMMAND_' + line.split(',')[0].strip()
        keys[command], helps[command] = texts[1].split(', ')[0], texts[3]
    for path in glob.glob(f'{srcdir}/src/app/*.c'):
        labels.update(HINT_ROW.findall(read(path)))
    for path in sorted(glob.glob(f'{srcdir}/src/app/screen_*.c')):
        for kind in re.findall(r'\.hints\s*=\s*\{([^}]*)\}', read(path)):
            commands = re.findall(r'COMMAND_\w+', kind)
            hints = [(keys[c].replace(' ', ''), labels.get(c, helps[c])) for c in commands]
            if '.n_numbers' in read(path):
                hints.insert(0, ('1-9', 'follow link'))
            hints.append((keys['COMMAND_HELP'], 'all keys'))
            for words in ({}, translations):
                shown = [f'{key} {words.get(label, label)}' for key, label in hints]
                line = ' ' + '  '.join(shown[:MIN_HINTS - 1] + shown[max(MIN_HINTS - 1, len(shown) - 1):])
                if columns(line) > SCREEN_COLS:
                    faults.append(f'{os.path.basename(path)}: hints of {columns(line)} columns: {line}')
    return faults


def quoted(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"'


# --- what the fetching process says -----------------------------------------------------------------

# What is printed by commands for programs, or never reaches a reader.
APP_KINDS = ('ERR_USAGE', 'ERR_NOT_FOUND', 'ERR_INPUT')


def faults_unknown(srcdir):
    """Sentences of src/wire, and of the command line, that no row fits: they would stay English."""
    known = {re.sub(r'%\d', '%', text) for text in fault_forms(srcdir)}
    page = re.search(r'define WIRE_SAYS_PAGE (".*")', read(f'{srcdir}/src/wire/protocol.h'))[1]
    commands = [f'{srcdir}/src/app/{name}.c' for name in ('cli', 'output', 'feeds_file', 'names')]
    commands += glob.glob(f'{srcdir}/src/app/verb_*.c') + glob.glob(f'{srcdir}/src/store/query*.c')
    for path in sorted(glob.glob(f'{srcdir}/src/wire/*.c') + commands):
        source = without_comments(read(path)).replace('WIRE_SAYS_PAGE', page)
        for call in re.finditer(r'\b(err_set|err_errno)\(', source):
            args = arguments(source, call.end() - 1)
            if path in commands and (call[1] == 'err_errno' or args[1].strip() not in APP_KINDS):
                continue
            for text in sentences_of(args[2]) if len(args) > 2 else ():
                form = PRINTF.sub('%', text) + (': %' if call[1] == 'err_errno' else '')
                if says_something(text) and form.removesuffix(', …') not in known:
                    yield f'{os.path.basename(path)}: "{text}" is in no row of fault.def'


def main():
    srcdir, path = sys.argv[1], sys.argv[2]
    said = collect(srcdir)
    entries, fault = read_catalogue(path)
    faults, missing, translations = check_catalogue(said, entries)
    if '--missing' in sys.argv:
        for english in missing:
            print(f'#. {said[english][0]}\nmsgid {quoted(english)}\nmsgstr ""\n')
        return 0
    faults += [fault] if fault else []
    faults += check_hints(srcdir, translations)
    faults += faults_unknown(srcdir)
    for text in faults:
        print(text)
    for english in missing:
        print(f'"{english}" ({said[english][0]}): missing')
    print(f'{os.path.basename(path)}: {len(said)} sentences, {len(missing)} missing, {len(faults)} faults')
    return 1 if faults or missing else 0


if __name__ == '__main__':
    sys.exit(main())
