"""Lines that are no holdings: titles beneath titles, the next table's title, lines of pages, totals in many words."""

from __future__ import annotations

from collections import Counter

import pytest
from gridmaker import aside, rows, understand

from cmic_screen.ingest import rowwords, vocabulary

HEAD = ["Security", "ISIN", "Quantity", "Price", "Value"]
HELD = [["CNOOC LTD", "HK0883013259", 4, 5, 20], ["APPLE INC", "US0378331005", 3, 10, 30]]


def test_titles_may_stand_beneath_titles():
    intake = understand([HEAD, ["Actions & valeurs assimilées négociées"], ["Marchés d'Asie hors Japon"], *HELD])
    assert rows(intake, "security_name") == [(4, "CNOOC LTD"), (5, "APPLE INC")]
    assert aside(intake) == [(2, "section title"), (3, "section title")]


def test_the_line_above_the_next_tables_header_is_its_title():
    other = [["銘柄コード", "銘柄名", "保有数量"], ["00941", "中国移動", 5]]
    intake = understand([HEAD, *HELD, ["■中国株式"], *other])
    assert rows(intake, "security_name") == [(2, "CNOOC LTD"), (3, "APPLE INC"), (6, "中国移動")]
    assert aside(intake) == [(4, "section title")]


def test_a_label_that_stands_above_the_header_names_something_else_beneath_it():
    above = [["Custody Positions"], ["Fund", "XR4A", "MARLOW EM"], HEAD]
    below = [["Custody Positions"], ["Fund", "XR4B", "MARLOW GLOBAL"], HEAD]
    intake = understand([*above, HELD[0], *below, HELD[1]])
    assert rows(intake, "security_name") == [(4, "CNOOC LTD"), (8, "APPLE INC")]
    assert Counter(r for _, r in aside(intake)) == {"preamble": 2, "page header": 1, "section title": 1}


def test_the_last_line_that_has_the_value_of_all_is_their_total_whatever_it_is_called():
    more = [*HELD, ["NESTLE SA", "CH0038863350", 1, 9, 9]]
    intake = understand([HEAD, *more, ["PORTEFEUILLE HORIZON ASIE", None, None, None, 59]])
    assert aside(intake) == [(5, "total")]
    intake = understand([HEAD, *more, ["PORTEFEUILLE HORIZON ASIE", None, None, None, 58]])
    assert rows(intake, "security_name")[-1] == (5, "PORTEFEUILLE HORIZON ASIE")


def test_a_totals_amount_beneath_the_names_is_no_name():
    intake = understand(
        [["ISIN", *HEAD[:1], *HEAD[2:]], [HELD[0][1], HELD[0][0], 4, 5, 20], ["TOTAL VALEURS", "1.020,55"]]
    )
    assert rows(intake, "security_name") == [(2, "CNOOC LTD")]


def test_a_sentence_beneath_a_table_is_a_footer_and_a_long_name_is_none():
    note = "I prezzi sono indicativi e non costituiscono offerta al pubblico."
    name = "china mobile communications group co., ltd."
    intake = understand([HEAD, *HELD, [note], [name, None, 1, 2, 2]])
    assert aside(intake) == [(4, "footer")]
    assert rows(intake, "security_name")[-1] == (5, name)


def test_money_under_a_number_of_the_firms_own_is_money_at_par_only():
    head = ["Security", "Code", "Quantity", "Price", "Value"]
    intake = understand([head, *([n, c, q, p, v] for n, c, q, p, v in HELD), ["HONG KONG DOLLAR", "1009999", 9, 1, 9]])
    assert aside(intake) == [(4, "cash")]
    intake = understand([head, *HELD, ["HONG KONG DOLLAR", "1009999", 9, 84.2, 9]])
    assert len(intake.table) == 3


@pytest.mark.parametrize(
    "text",
    ["Zwischentotal", "Součet", "Итого", "الإجمالي", 'סה"כ', "Toplam", "CUMUL (EUR)", "TOTAL VALEURS MOBILIERES"],
)
def test_totals_in_many_languages(text):
    assert rowwords.total(text) == "pure"
    assert rowwords.suspect(text)


@pytest.mark.parametrize("name", ["Dana Inc", "Current Water Technologies", "Action SA", "Konto Oyj Abp Ltd"])
def test_names_that_share_such_words_stay_names(name):
    assert not rowwords.cash(name)
    assert rowwords.total(name) == ""


def test_headings_without_accents_and_of_two_parts():
    assert vocabulary.exact("QUANTITE")
    assert vocabulary.exact("LIBELLE")
    assert {"security_name", "account_id"} <= set(vocabulary.fields_of("Account / Security"))
    rows_of = understand(
        [["Account / Security", "Symbol", "Units"], ["Household (xx12)"], ["Apple Inc", "AAPL", 4], ["CNOOC", "CEO", 3]]
    )
    assert rows(rows_of, "security_name") == [(3, "Apple Inc"), (4, "CNOOC")]


def test_each_holding_with_one_line_of_further_amounts_beneath_is_a_holding_of_three_lines():
    held = [["CNOOC LTD", 4, 19, 76], ["ISIN HK0883013259", 4, "30-Oct-2026", 0], [None, 0, None, 70]]
    more = [["APPLE INC", 5, 10, 50], ["ISIN US0378331005", 5, "30-Oct-2026", 0], [None, 0, None, 40]]
    intake = understand([["Security Description", "Quantity", "Price", "Market Value"], *held, *more])
    assert rows(intake, "security_name", "isin", "quantity", "market_value", "more_rows") == [
        (2, "CNOOC LTD", "HK0883013259", "4", "76", "3,4"),
        (5, "APPLE INC", "US0378331005", "5", "50", "6,7"),
    ]


def test_valoren_and_isin_on_lines_of_their_own_belong_to_the_name_above():
    lines = [["ROCHE GS", 25, 268, 6705], ["Valor 1203204", None, "01.04.2019", None], ["ISIN CH0012032048"]]
    more = [["CNOOC LTD", 40, 19, 760], ["Valor 1236363", None, "07.09.2018", None], ["ISIN HK0883013259"]]
    intake = understand([["Bezeichnung / Valor / ISIN", "Anzahl", "Einstandspreis", "Wert in CHF"], *lines, *more])
    assert rows(intake, "security_name", "isin", "valor", "more_rows") == [
        (2, "ROCHE GS", "CH0012032048", "1203204", "3,4"),
        (5, "CNOOC LTD", "HK0883013259", "1236363", "6,7"),
    ]
