"""Papers that tell of the whole campaign: the bulletin, the summary of a year, the closing report."""
