"""Routes of this subject. Those of `LIBRARY` bear the names by which django-allauth finds our pages."""

from django.urls import include, path

from mithaq.node.accounts import delegation_views, outside_views, own_views, people_views, views

LIBRARY = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/code", views.second, name="mfa_authenticate"),
    path("sign-in/inactive", views.inactive, name="account_inactive"),
    path("account/confirm", own_views.confirm, name="account_reauthenticate"),
    path("sign-in/with/<slug:provider_id>", outside_views.start, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back", outside_views.back, name="openid_connect_callback"),
    path("sign-in/nobody", views.inactive, name="account_signup"),
]
urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/passkey", views.passkey, name="sign-in-passkey"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("account", own_views.account, name="account"),
    path("account/app", own_views.app, name="account-app"),
    path("account/app.svg", own_views.picture, name="account-app-picture"),
    path("account/passkeys", own_views.passkeys, name="account-passkeys"),
    path("account/factors/<int:key>/remove", own_views.remove, name="account-factor-remove"),
    path("account/codes", own_views.codes, name="account-codes"),
    path("account/password", own_views.password, name="account-password"),
    path("account/sessions/end", own_views.end, name="account-session-end"),
    path("account/identity/link", outside_views.link, name="account-identity-link"),
    path("account/identity/remove", outside_views.unlink, name="account-identity-remove"),
    path("account/delegations", delegation_views.delegations, name="delegations"),
    path("account/delegations/<str:key>/end", delegation_views.end, name="delegation-end"),
    path("sign-in/welcome", delegation_views.welcome, name="welcome"),
    path("people", people_views.people, name="people"),
    path("people/proposals/<str:key>", people_views.proposal, name="person-proposal"),
    path("people/proposals/<str:key>/confirm", people_views.confirm, name="person-confirm"),
    path("people/proposals/<str:key>/refuse", people_views.refuse, name="person-refuse"),
    path("people/<str:key>", people_views.person, name="person"),
    path("people/<str:key>/change", people_views.change, name="person-change"),
    path("people/<str:key>/reset", people_views.reset, name="person-reset"),
    path("people/<str:key>/password", people_views.password, name="person-password"),
    path("people/<str:key>/deactivate", people_views.deactivate, name="person-deactivate"),
    path("", include(LIBRARY)),
]
