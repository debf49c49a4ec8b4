"""A paper handed out: in the language and the form that the address asks for."""

from django.http import HttpRequest, HttpResponse

from muster.foundation.decisions import papers

LANGUAGES = ("vi", "en", "fr")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def language(request: HttpRequest) -> str:
    """The language of the paper; Vietnamese unless another was asked for."""
    asked = request.GET.get("lang", "vi")
    return asked if asked in LANGUAGES else "vi"


def printed(request: HttpRequest, paper: papers.Paper, name: str) -> HttpResponse:
    """The paper as PDF, or as a file that Word edits."""
    if request.GET.get("form") == "docx":
        answer = HttpResponse(papers.docx(paper), content_type=WORD)
        answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
        return answer
    answer = HttpResponse(paper.pdf(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
