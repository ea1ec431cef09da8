"""What stands before Django's own pages of the admin: logging in, and the second factor."""

from django.urls import path

from . import log_in, second_factor

urlpatterns = [
    path("login/", log_in.log_in),
    path("logout/", log_in.log_out),
    path("second-factor/", second_factor.show, name="second_factor"),
    path("second-factor/set-up/", second_factor.enrol, name="second_factor_enrol"),
    path("second-factor/mine/", second_factor.mine, name="second_factor_mine"),
    path("second-factor/recovery-codes/", second_factor.renew, name="second_factor_renew"),
    path("second-factor/remove/", second_factor.remove, name="second_factor_remove"),
]
