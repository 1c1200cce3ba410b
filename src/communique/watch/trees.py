"""XML from strangers → a tree that is safe to walk: nothing is fetched, and no entity stands for anything."""

import lxml.etree

from communique.errors import InputError


def tree(data: bytes, *, where: str) -> lxml.etree._Element:
    """Return the root of an XML document, repaired where that can be done. Raises InputError when it is none."""
    # Feeds and sitemaps define no entities; those that do mean to fill the memory.
    if b"<!ENTITY" in data[:65_536]:
        raise InputError("is XML that defines entities, which is refused", where=where)
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise InputError(f"is no XML ({error})", where=where) from error
    if root is None or (not len(root) and len(parser.error_log)):
        raise InputError("is no XML, or too damaged to repair", where=where)
    return root


def name_of(element: lxml.etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(lxml.etree.QName(element).localname)


def text_of(element: lxml.etree._Element, path: str) -> str:
    """Return the words of the first element at the path, "" when there is none."""
    return " ".join((element.findtext(path) or "").split())
