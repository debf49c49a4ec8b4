"""All components on one page, to look at them; mounted only where DEBUG is on and in tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from muster.kernel.manifest import TimelineItem
from muster.shell.charts import bar_comparison, funnel_chart, schematic_map
from muster.shell.components import Bar, Card, Event, Fact, Point, Status, Stream, Tab
from muster.shell.fields import day
from muster.shell.flow import flow_chart
from muster.shell.tables import Column, Listing, plain

DAY = date(2025, 7, 1)
NAMES = (
    "Nguyễn Văn An", "Rơ Châm H'Yĕn", "Đinh Thị Thùy Dương", "Y Blăk", "Siu Ƀlơ̆",
    "Trần Lê Hoàng Minh Đức", "Phạm Quốc Bảo", "Kpă Thuận",
)  # fmt: skip


class AbsenceForm(forms.Form):
    """A form with each kind of field."""

    reason = forms.CharField(
        label="Lý do vắng mặt", widget=forms.Textarea(attrs={"rows": 3, "data-keep": ""}),
        help_text="Ghi ngắn gọn, không ghi số định danh.",
    )  # fmt: skip
    since = day("Từ ngày")
    kind = forms.ChoiceField(
        label="Loại vắng mặt", widget=forms.RadioSelect,
        choices=[("work", "Đi làm xa"), ("school", "Đi học"), ("ill", "Chữa bệnh")],
    )  # fmt: skip
    place = forms.ChoiceField(
        label="Nơi đến", choices=[("", "Chọn"), ("31", "Thành phố Hải Phòng")]
    )
    sure = forms.BooleanField(label="Tôi đã kiểm tra các thông tin trên")


class FilterForm(forms.Form):
    """The filter over a list."""

    name = forms.CharField(label="Họ và tên", required=False)
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), ("listed", "Đã niêm yết")]
    )


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """The gallery: a sent form comes back with its faults, or is accepted."""
    form = AbsenceForm(request.POST) if request.method == "POST" else AbsenceForm()
    if form.is_valid():
        return HttpResponseRedirect("?accepted=1")
    return render(request, "shell/gallery.html", {**_values(), "form": form})


def _values() -> dict[str, Any]:
    return {
        "day": DAY,
        "cards": _cards(),
        "people": _people(),
        "nobody": plain("Hồ sơ", [Column("name", "Họ và tên")], []),
        "filters": FilterForm({}),
        "events": _events(),
        "facts": _facts(),
        "tabs": (
            Tab("Tất cả", "?", current=True, count=2550),
            Tab("Chờ quyết định", "?a", count=12),
        ),
        "charts": _charts(),
        "number_tail": "4321",
    }


def _cards() -> tuple[Card, ...]:
    return (
        Card("Chỉ tiêu giao quân hoàn thành", Decimal(100), "percent", basis="derived", href="#", scaled=True),
        Card("Công dân phải bù đổi", 4, previous=7, change=-3, better=True, basis="derived", href="#"),
        Card("Tỷ lệ bù đổi so với chỉ tiêu", Decimal("0.157"), "percent", 2, Decimal("0.277"), Decimal("-0.12"), "points", better=True, basis="derived"),
        Card("Giấy khen, bằng khen", 11, basis="declared", source="Báo cáo sơ kết 6 tháng"),
        Card("Chỉ tiêu năm 2027", None, unconfirmed=True),
        Card("Vụ vi phạm bị xử phạt", 2550, previous=2530, change=20, better=False, basis="derived"),
    )  # fmt: skip


def _people() -> Listing:
    states = (
        Status("Chờ quyết định", "warn"), Status("Đã gọi nhập ngũ", "good"), Status("Tạm hoãn", "info"),
        Status("Không chấp hành", "bad"), Status("Nguồn"),
    )  # fmt: skip
    rows = [
        {"name": name, "born": DAY - timedelta(days=7000 + 97 * at), "tail": f"{4321 + 17 * at}",
         "days": 1234 * at, "state": states[at % 5]}
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    columns = (
        Column("name", "Họ và tên", href=lambda row: "#"),  # noqa: ARG005
        Column("born", "Ngày sinh", kind="date"),
        Column("tail", "Số định danh", kind="masked"),
        Column("days", "Số ngày công", kind="number"),
        Column("state", "Trạng thái", kind="status"),
    )
    return plain(
        "Công dân trong độ tuổi", columns, rows, total=371204, next_href="?after=x",
        previous_href="?before=x", export_href="#", note="Phường Lê Chân, tính đến ngày 01/07/2025",
    )  # fmt: skip


def _events() -> tuple[TimelineItem | Event, ...]:
    return (
        TimelineItem(date(2026, 2, 6), "Quyết định gọi nhập ngũ", "Chủ tịch UBND phường Sông Trí ký", "Điều 34 khoản 6", "196/QĐ-UBND", "#r"),
        Event(date(2025, 12, 3), "Vắng mặt không lý do tại buổi khám tuyển", "Đã lập biên bản", kind="bad"),
        TimelineItem(date(2025, 11, 18), "Khám tuyển: sức khỏe loại 2", "Hội đồng khám sức khỏe khu vực, kết luận số 41"),
        TimelineItem(date(2024, 4, 10), "Đăng ký lần đầu", place="Phường Lê Chân (trước 01/07/2025: phường Dư Hàng)"),
    )  # fmt: skip


def _facts() -> tuple[Fact, ...]:
    return (
        Fact("Lý do", "Đi làm xa", "#a"),
        Fact("Từ ngày", "01/07/2025", "#b"),
        Fact("Nơi đến", "Khu phố 3, phường Thủ Đức, Thành phố Hồ Chí Minh", "#c"),
    )


def _charts() -> tuple[Any, ...]:
    steps = (("Nguồn đủ điều kiện", 35000), ("Gọi sơ tuyển", 27000), ("Gọi khám", 10200), ("Đủ sức khỏe", 4061), ("Nhập ngũ", 2550))  # fmt: skip
    funnel = [Bar(label, value, f"?state={at}") for at, (label, value) in enumerate(steps)]
    compared = [Bar("Phường Lê Chân", 42, "#l", 51), Bar("Đặc khu Cát Hải", 17, "#c", 12), Bar("Xã Vĩnh Bảo", 66, "#v", 60)]  # fmt: skip
    points = [Point(f"Phường {at}", 106.4 + at % 9 * 0.05, 20.7 + at // 9 * 0.06, 4 + at, at, f"#{at}") for at in range(54)]  # fmt: skip
    streams = (
        Stream("Phường Dư Hàng", "Phường Lê Chân", 8200), Stream("Phường An Biên", "Phường Lê Chân", 7400),
        Stream("Phường Kênh Dương", "Phường Lê Chân", 3000, partly=True),
        Stream("Phường Kênh Dương", "Phường An Biên (mới)", 5200, partly=True),
        Stream("Phường Trần Nguyên Hãn", "Phường An Biên (mới)", 6100),
    )  # fmt: skip
    return (
        funnel_chart(funnel, title="Phễu mùa tuyển quân 2025", note="Thành phố Hải Phòng"),
        bar_comparison(compared, title="Số công dân vắng khám", note="Vạch vàng: năm trước"),
        schematic_map(points, title="Sơ đồ các phường"),
        flow_chart(streams, title="Sắp xếp đơn vị ngày 01/07/2025", hrefs={"Phường Lê Chân": "#u"}),
    )
