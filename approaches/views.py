def approach_list(request, **kwargs):
    raise NotImplementedError


def approach_detail(request, **kwargs):
    raise NotImplementedError


def policy_area_detail(request, **kwargs):
    raise NotImplementedError
