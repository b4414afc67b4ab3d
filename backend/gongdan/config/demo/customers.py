"""The demo company's customers: invented people and organisations, with numbers of one plainly made-up range.

Mobiles are 199 0000 0xxx, landlines 010-5550 0xxx, accounts D9000xxx.
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = (
    "李建国 王秀英 张志明 刘桂兰 陈国强 杨丽华 黄文斌 赵淑芬 周海涛 吴雪梅 徐永胜 孙晓燕 胡俊杰 朱玉珍 "
    "高振东 林美玲 何立新 郭春霞 马占山 罗婉清 梁伟豪 宋佳怡 郑德海 谢雨桐 韩志远 唐若兰 冯建平 于慧敏 董学文 萧静宜 程大勇 曹雅琴 "
    "袁浩然 邓小禾 许长庚 傅小满 沈知秋 曾祥瑞 彭晓丹 吕清河 苏暖阳 卢志强 蒋梦洁 蔡明轩 贾宝山"
).split()
# name, class, name of the parent
ORGANIZATIONS = (
    ("演示银行股份有限公司", "industry", None),
    ("演示银行莲花支行", "industry", "演示银行股份有限公司"),
    ("演示银行西苑支行", "industry", "演示银行股份有限公司"),
    ("第一演示小学", "public", None),
    ("东亭社区卫生服务站（演示）", "public", None),
    ("示例物流集团", "cluster", None),
    ("示例物流东区分拨中心", "cluster", "示例物流集团"),
    ("示例物流西区分拨中心", "cluster", "示例物流集团"),
    ("样例连锁便利店", "cluster", None),
    ("样例便利店水巷店", "cluster", "样例连锁便利店"),
    ("范例律师事务所", "industry", None),
    ("模拟科技有限公司", "industry", None),
    ("试运行餐饮店", "public", None),
    ("示范酒店", "industry", None),
    ("样板物业服务中心", "cluster", None),
)
STREETS = ("莲花路", "东亭街", "西苑路", "水巷口", "桂香里", "槐安街", "临江道", "望山路")
PRODUCTS = ("300M 宽带", "500M 宽带", "千兆宽带", "畅享套餐", "亲情套餐", "高清电视")


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """One customer before it is written. `index` makes every number of theirs."""

    index: int
    name: str
    organization: bool
    customer_class: str
    level: str
    parent: str | None

    @property
    def contract(self) -> str:
        """The number of the service contract that organisations have."""
        return f"HT-{self.index:04d}" if self.organization else ""

    @property
    def mobile(self) -> str:
        return f"1990000{self.index:04d}"

    @property
    def landline(self) -> str:
        return f"010-5550{self.index:04d}"

    @property
    def address(self) -> str:
        nth = self.index
        return f"{STREETS[nth % len(STREETS)]}{nth * 3 + 5}号{nth % 6 + 1}单元{nth % 9 + 1}0{nth % 4 + 1}室"

    @property
    def address_value(self) -> dict[str, str]:
        """The address as an own field keeps it."""
        district = "东区" if self.index % 2 else "西区"
        return {"province": "演示省", "city": "示例市", "district": district, "detail": self.address}

    @property
    def account(self) -> str:
        return f"D{9_000_000 + self.index}"


def demo_customers() -> list[DemoCustomer]:
    """Everyone, people first; the same at every call."""
    people = [
        DemoCustomer(index, name, False, "public", _level(index), None)
        for index, name in enumerate(PEOPLE, start=1)
    ]
    organizations = [
        DemoCustomer(index, name, True, kind, "vip" if kind == "industry" else "gold", parent)
        for index, (name, kind, parent) in enumerate(ORGANIZATIONS, start=len(people) + 1)
    ]
    return [*people, *organizations]


def _level(index: int) -> str:
    if index % 11 == 1:
        return "vip"
    if index % 7 == 0:
        return "gold"
    return "silver" if index % 4 == 0 else "ordinary"
