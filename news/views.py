def news_list(request, **kwargs):
    raise NotImplementedError


def news_detail(request, **kwargs):
    raise NotImplementedError


def event_list(request, **kwargs):
    raise NotImplementedError


def event_detail(request, **kwargs):
    raise NotImplementedError


def event_calendar(request, **kwargs):
    raise NotImplementedError
