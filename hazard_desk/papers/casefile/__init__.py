"""案卷: everything that belongs to one hazard or one check, in order, bound as one paper.

``pieces`` gathers what belongs in it and tells what is missing; ``binding`` numbers the pages through and
puts cover, contents and closing sheet (texts) around it; ``scan_pages`` draws signed copies.
"""
