"""What papers say, as texts with fields: ``resources/papers/*.txt``, or as the office changed them.

A text is a head of ``名称：…`` lines (``reading.HEAD``), a line ``正文：``, and the paper line by line.
A line is a paragraph, unless it begins with a mark in 【】 (``blocks.MARKS``: 【标题】, 【主送】 …).
Parts of a mark stand between ｜. Fields stand in «»:

- ``«隐患.整改时限»``: a fact by the label that its book declares; formats follow it after a blank
  (``saying.FORMATS``): ``«隐患.整改资金 大写»``. What is not known is a line to write on, ``空12`` so long.
- ``«如 有 隐患.整改措施»…«否则»…«完»`` within a line, or each on a line of its own around several lines.
  Conditions: 有 X · 没有 X · X 是 词｜词 · X 不是 词｜词 · X 多于 3, joined by 且 or 或.
- ``«每条 检查.发现的问题»…«完»`` once for each; its facts need no name before them, ``«序»`` counts.
  ``«每条 检查.发现的问题 至少 8»`` goes on with empty ones up to so many, for a form to be filled in by hand.

Tables: 【表】, or 【填表】 for a form of labels and values without a head; 【行】 for each row, 【栏】 for a
heading over rows, 【表完】 at the end. A cell may begin with 〔左〕 〔中〕 〔右〕. What is computed as a
whole (a chart, a table of figures) is put in by its name: 【插入】各月图.

The facts that a paper can tell come from ``papers/facts``; a name that is not there is refused, with the
nearest that are (``checking.py``).
"""
