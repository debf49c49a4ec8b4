"""What the law orders of each act of a season: who signs, whether a council proposes."""

from datetime import date

from muster.domains.recruitment import rules
from muster.foundation.decisions import rules as deciding
from muster.foundation.decisions.rules import Act, Office

#: The abstract of each act as it stands on the paper (Decree 30/2020), so in Vietnamese.
ABSTRACTS = {
    "registration_bar": "Danh sách công dân không được đăng ký, miễn đăng ký nghĩa vụ quân sự",
    "deferral": "Về việc tạm hoãn gọi nhập ngũ",
    "exemption": "Về việc miễn gọi nhập ngũ",
    "dispute_lifting": "Về việc kết luận trường hợp còn tranh chấp",
    "absence_minutes": "Biên bản về việc công dân vắng mặt theo quyết định gọi",
    "prescreening_call": "Về việc gọi sơ tuyển sức khỏe nghĩa vụ quân sự",
    "prescreening_result": "Kết quả sơ tuyển sức khỏe nghĩa vụ quân sự",
    "exam_call": "Về việc gọi khám sức khỏe nghĩa vụ quân sự",
    "health_conclusion": "Kết luận phân loại sức khỏe nghĩa vụ quân sự",
    "political_conclusion": "Kết luận xét duyệt tiêu chuẩn chính trị, đạo đức",
    "final_list": "Danh sách công dân gọi nhập ngũ và dự phòng",
    "call_up": "Về việc gọi công dân nhập ngũ",
    "hand_over": "Biên bản giao nhận quân",
    "return": "Biên bản trả công dân không đủ tiêu chuẩn",
    "acceptance": "Biên bản xác nhận kết thúc phúc tra, bù đổi",
    "discharge": "Danh sách hạ sĩ quan, binh sĩ hoàn thành nghĩa vụ tại ngũ",
}

#: Papers of the season that are no decisions of a committee have a series of their own.
SYMBOLS = {
    "prescreening_result": "KQ-TYT",
    "political_conclusion": "KL-HĐNVQS",
    "absence_minutes": "BB-BCH",
    "hand_over": "BB-GNQ",
    "return": "BB-GNQ",
    "acceptance": "BB-GNQ",
    "registration_bar": "DS-BCH",
    "discharge": "DS-BCH",
}

_WIDEST_FIRST = ("province", "district", "commune")


def ordered(code: str, on: date) -> Act:
    """The act as the law orders it on a day.

    Deferrals, calls and lists stand in the decisions' own parameters; what only a
    season knows (the minutes of a hand-over, a return) in this slice's.
    """
    name = f"{code}_office"
    if name not in rules.LAW:
        return deciding.act(code, on)
    found = rules.LAW.on(name, on)
    offices = tuple(
        Office(each["level"], each["role"], found.source, found.confirmed) for each in found.value
    )
    return Act(
        code=code,
        offices=offices,
        symbol=SYMBOLS[code],
        confirmed=found.confirmed,
        note="" if found.confirmed else f"{found.source}: {found.note}",
    )


def signing_level(act: Act) -> str:
    """The level whose offices sign; of several the widest, so that one paper serves most."""
    return next(level for level in _WIDEST_FIRST if act.office_at(level))
