"""发文登记: the documents that the office issues and receives, their kinds, and how a number is drawn."""
