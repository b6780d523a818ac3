"""What makes a PDF one for the archive (PDF/A-2b, ISO 19005-2): it tells what it is, what colours mean."""

from __future__ import annotations

from functools import cache
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

_PRODUCER = "ReportLab"
_DATE = "2000-01-01T00:00:00+00:00"
"""The date of an invariant PDF: the same paper gives the same bytes."""
_SRGB = "sRGB IEC61966-2.1"
_PROFILE_DATE = slice(24, 36)
"""Where a colour profile (ICC.1) tells when it was made."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def make_archival(canvas: Canvas, title: str, creator: str) -> None:
    """Give the PDF its title and maker, and the data that PDF/A-2b asks for; fonts are embedded anyway."""
    document = canvas._doc
    canvas.setTitle(title)
    canvas.setCreator(creator)
    canvas.setProducer(_PRODUCER)
    for unsaid in (canvas.setAuthor, canvas.setSubject, canvas.setKeywords):
        unsaid("")
    said = _XMP.format(title=escape(title), creator=escape(creator), producer=_PRODUCER, date=_DATE)
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    catalog = document.Catalog
    catalog.Metadata = PDFStream(PDFDictionary(kind), said.encode(), filters=[])
    profile = PDFStream(PDFDictionary({"N": 3}), _profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_SRGB),
            "Info": PDFString(_SRGB),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    catalog.OutputIntents = PDFArray([intent])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


@cache
def _profile() -> bytes:
    """The colours of screens (sRGB) as a profile that is the same whenever it is made."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_PROFILE_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return bytes(made)
