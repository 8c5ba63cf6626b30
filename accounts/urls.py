"""Addresses of people and access."""

from django.urls import path

from accounts.views import audit_trail, authorities, log_in, password, people

app_name = "accounts"
urlpatterns = [
    path("log-in/", log_in.log_in, name="log-in"),
    path("log-out/", log_in.log_out, name="log-out"),
    path("password/", password.password_change, name="password-change"),
    path("password/<str:secret>/", password.password_choose, name="password-choose"),
    path("users/", people.user_list, name="user-list"),
    path("users/add/", people.user_add, name="user-add"),
    path("users/<int:user_id>/", people.user_edit, name="user-edit"),
    path("users/<int:user_id>/deactivate/", people.user_deactivate, name="user-deactivate"),
    path("users/<int:user_id>/activate/", people.user_reactivate, name="user-reactivate"),
    path("users/<int:user_id>/send-link/", people.user_send_link, name="user-send-link"),
    path("authorities/", authorities.authority_list, name="authority-list"),
    path("authorities/add/", authorities.authority_add, name="authority-add"),
    path("authorities/<int:authority_id>/", authorities.authority_edit, name="authority-edit"),
    path("audit-trail/", audit_trail.audit_list, name="audit-list"),
]
