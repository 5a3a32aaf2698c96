def commitment_list(request, **kwargs):
    raise NotImplementedError


def commitment_detail(request, **kwargs):
    raise NotImplementedError
